"""Addresses of the chains app (产业链图谱地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.chains.views import fit, listing, map, nearness, sites

urlpatterns = [
    path("chains/", listing.page, name="chains"),
    path("chains/export.<str:suffix>", listing.export, name="chains-export"),
    path("chains/fit/", fit.page, name="chains-fit"),
    path("chains/fit/export.<str:suffix>", fit.export, name="chains-fit-export"),
    path("chains/sites/", sites.page, name="chain-sites"),
    path("chains/sites/left/", sites.tell, name="site-left"),
    path("chains/nearness/", nearness.listing, name="nearness"),
    path("chains/nearness/load/", nearness.load, name="nearness-load"),
    path("chains/nearness/<str:table_id>/", nearness.table, name="nearness-table"),
    path("chains/nearness/<str:table_id>/publish/", nearness.publish, name="nearness-publish"),
    path("chains/nearness/<str:table_id>/drop/", nearness.drop, name="nearness-drop"),
    path("chains/nearness/<str:table_id>/<int:row>/", nearness.place, name="nearness-place"),
    path(
        "chains/nearness/<str:table_id>/<int:row>/export.<str:suffix>",
        nearness.place_export,
        name="nearness-place-export",
    ),
    path("chains/<str:chain_id>/", map.page, name="chain"),
    path("chains/<str:chain_id>/export.<str:suffix>", map.export, name="chain-export"),
    path("chains/<str:chain_id>/<str:node_id>/", map.node, name="chain-node"),
]
