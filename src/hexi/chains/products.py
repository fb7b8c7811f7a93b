"""Finding codes by what a firm makes (产品查行业): words or digits to codes of GB/T 4754.

An investor says what he makes, not its code. Words are looked up in the nodes of chains and their
products, the industries that zones name, and the official names of the classes; the tightest names
come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hexi.chains.loading import ChainBook

__all__ = ["CodeHit", "codes_in", "find_codes"]

_CODE = re.compile(r"[A-T]?(\d{2,4})")
_APART = re.compile(r"[\s,，;；、/]+")


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A code that words lead to, with the name that was hit and where it stands."""

    code: str
    name: str
    #: class (行业小类), division (大类), node (产业链环节) or industry (开发区所列产业)
    of: str
    #: share of the name that the words cover, 0 to 1
    cover: float


def codes_in(text: str, book: ChainBook) -> tuple[str, ...]:
    """Codes written as digits whose division there is; nothing where the text holds words."""
    parts = [part for part in _APART.split(text.strip()) if part]
    found = [match[1] for part in parts if (match := _CODE.fullmatch(part))]
    if len(found) < len(parts) or any(code[:2] not in book.sections for code in found):
        return ()
    return tuple(dict.fromkeys(found))


def find_codes(words: str, book: ChainBook, *, most: int = 12) -> tuple[CodeHit, ...]:
    """Codes for product words: each word must stand in the name; the tightest names first."""
    parts = [part.lower() for part in _APART.split(words.strip()) if part]
    if not parts:
        return ()
    best: dict[str, CodeHit] = {}
    for code, name, of in _names(book):
        if all(part in name.lower() for part in parts):
            hit = CodeHit(code, name, of, min(1.0, sum(map(len, parts)) / len(name)))
            if code not in best or best[code].cover < hit.cover:
                best[code] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.cover, -len(hit.code), hit.code))
    return tuple(ranked[:most])


def _names(book: ChainBook) -> Iterator[tuple[str, str, str]]:
    for code, name in book.names.items():
        if len(code) == 4:
            yield code, name, "class"
        elif len(code) == 2:
            yield code, name, "division"
    for chain in book.chains:
        for node in chain.nodes:
            for code in node.codes:
                yield code, node.title, "node"
                yield code, node.title_en, "node"
                for product in node.products:
                    yield code, product, "node"
    for word, codes in book.industries.items():
        for code in codes:
            yield code, word, "industry"
