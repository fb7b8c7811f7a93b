"""Styles of a Word document (样式): what a paragraph takes over from the style it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

__all__ = ["Style", "Styles", "W", "list_place", "outline_level", "paragraph_styles_only"]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = W + "val"
_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_CONTENTS_NAME: Final = re.compile(r"(?:toc(?: heading)?|目录)\s?\d?", re.IGNORECASE)
_MOST_PARENTS: Final = 20


_STYLE_END: Final = b"</w:style>"
#: how a style begins that no paragraph has
_OTHER_STYLE: Final = re.compile(
    rb"\s*<w:style\s[^>]*?w:type=[\"'](?:table|character|numbering)[\"'][^>]*(?<!/)>"
)
#: the list of the styles that are not there
_LATENT: Final = b"<w:latentStyles"
_LATENT_END: Final = b"</w:latentStyles>"
#: a style that is longer is kept, whatever it is
_LONGEST_STYLE: Final = 1 << 20


def paragraph_styles_only(pieces: Iterable[bytes]) -> bytes:
    """A styles part, as it is unpacked, without the styles of tables, characters and lists.

    Templates carry dozens of table styles, often ten times as long as the plan itself; keeping
    them and building their elements would take longer than reading the document.
    """
    kept: list[bytes] = []
    rest = b""
    for piece in pieces:
        *styles, rest = (rest + piece).split(_STYLE_END)
        for style in styles:
            if _OTHER_STYLE.match(style) is None:
                kept += (style, _STYLE_END)
        if len(rest) > _LONGEST_STYLE:
            kept.append(rest)
            rest = b""
    data = b"".join((*kept, rest))
    latent = data.find(_LATENT)
    end = data.find(_LATENT_END, latent) if latent >= 0 else -1
    return data[:latent] + data[end + len(_LATENT_END) :] if end >= 0 else data


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits."""

    #: heading level, 1 to 6; 0 for text
    level: int = 0
    list_id: str = ""
    list_level: int = 0
    #: a line of a table of contents
    contents: bool = False


class Styles:
    """The styles of one document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        if root is None:
            return
        for element in root.iterchildren(W + "style"):
            if element.get(W + "type", "paragraph") == "paragraph":
                key = element.get(W + "styleId", "")
                self._elements[key] = element
                if element.get(W + "default") in {"1", "true"}:
                    self._default = key

    def get(self, key: str) -> Style:
        """A style by its id; the default style where the id is empty or unknown."""
        found = self._known.get(key)
        if found is None:
            known = key if key in self._elements else self._default
            found = self._known[key] = self._resolve(known)
        return found

    def _resolve(self, key: str) -> Style:
        level = contents = None
        list_id = list_level = None
        for _ in range(_MOST_PARENTS):
            element = self._elements.get(key)
            if element is None:
                break
            name = element.find(W + "name")
            called = name.get(_VAL, "") if name is not None else ""
            properties = element.find(W + "pPr")
            if level is None:
                level = _named_level(called)
                outline = properties.find(W + "outlineLvl") if properties is not None else None
                if level is None and outline is not None:
                    level = outline_level(outline)
            if contents is None and _CONTENTS_NAME.fullmatch(called):
                contents = True
            number = properties.find(W + "numPr") if properties is not None else None
            if number is not None:
                own_id, own_level = list_place(number)
                list_id = own_id if list_id is None else list_id
                list_level = own_level if list_level is None else list_level
            parent = element.find(W + "basedOn")
            key = parent.get(_VAL, "") if parent is not None else ""
        return Style(level or 0, list_id or "", list_level or 0, bool(contents))


def _named_level(name: str) -> int | None:
    match = _HEADING_NAME.fullmatch(name.strip())
    if match:
        return min(6, int(match.group(1)))
    return 1 if name.strip().lower() == "title" else None


def outline_level(outline: etree._Element) -> int:
    """Heading level that an outline setting gives (outline level 0 is level 1)."""
    value = outline.get(_VAL, "9")
    return min(6, int(value) + 1) if value.isdigit() and int(value) < 9 else 0


def list_place(number: etree._Element) -> tuple[str | None, int | None]:
    """List and list level that a numbering setting points to."""
    list_id, level = number.find(W + "numId"), number.find(W + "ilvl")
    at = level.get(_VAL, "0") if level is not None else None
    return (
        list_id.get(_VAL, "") if list_id is not None else None,
        (int(at) if at.isdigit() else 0) if at is not None else None,
    )
