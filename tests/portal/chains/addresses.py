"""Addresses of the chains app (产业链地址表); who may come there is tested beside this file."""

from __future__ import annotations

CHAINS = (
    "chains",
    "chains-export",
    "chains-fit",
    "chains-fit-export",
    "chain-sites",
    "site-left",
    "nearness",
    "nearness-load",
    "nearness-table",
    "nearness-publish",
    "nearness-drop",
    "nearness-place",
    "nearness-place-export",
    "chain",
    "chain-export",
    "chain-node",
    "api:list_chains",
    "api:read_fit",
    "api:read_chain",
    "api:read_chain_node",
    "api:list_location_tables",
    "api:list_table_places",
    "api:list_near_industries",
)
