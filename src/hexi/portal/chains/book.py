"""The chains that this office uses (本单位产业链): those of its pack, words in both languages."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from hexi.chains import Chain, ChainBook, Node, load_chains
from hexi.portal.core.refusal import NotFound

__all__ = ["chain_book", "code_name", "comma", "one_chain", "one_node", "said", "title_of"]


def chain_book() -> ChainBook:
    """The chains of the pack."""
    return load_chains(settings.HEXI.pack)


def one_chain(chain_id: str) -> Chain:
    """A chain of the pack; NotFound for any other."""
    try:
        return chain_book().chain(chain_id)
    except KeyError as error:
        raise NotFound from error


def one_node(chain: Chain, node_id: str) -> Node:
    """A node of the chain; NotFound for any other."""
    if node_id not in chain.by_id:
        raise NotFound
    return chain.by_id[node_id]


def said(zh: str, en: str) -> str:
    """The one that the reader reads."""
    return en if get_language() == "en" and en else zh


def comma() -> str:
    """What stands between the names of a list."""
    return said("、", ", ")


def title_of(noun: Chain | Node) -> str:
    """The title of a chain or a node in the reader's language."""
    return said(noun.title, noun.title_en)


def code_name(code: str) -> str:
    """A code with its official name; the standard has Chinese names alone."""
    return f"{code} {chain_book().name_of(code)}".strip()
