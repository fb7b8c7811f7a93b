"""Classifications that the register uses (分类标准): industry GB/T 4754 and place GB/T 2260.

They are data of the pack; the newest edition of a standard is taken.
"""

from __future__ import annotations

import time

from django.conf import settings

from hexi.catalogue import load_pack
from hexi.catalogue.nouns import Classification, ClassItem
from hexi.portal.core.refusal import Refusal

__all__ = [
    "INDUSTRY",
    "PLACE",
    "class_name",
    "classification_of",
    "industry_known",
    "place_known",
    "with_section",
]

INDUSTRY = "gbt4754"
PLACE = "gbt2260"


def classification_of(standard: str) -> Classification:
    """The pack's edition of a standard.

    Raises:
        Refusal: where the pack has none.
    """
    key, now = (str(settings.HEXI.pack), standard), time.monotonic()
    at, kept = _FOUND.get(key, (0.0, None))
    if kept is not None and now - at <= _PAUSE:
        return kept
    pack = load_pack(settings.HEXI.pack)
    found = [known for known in pack.classifications if known.id.startswith(standard)]
    if not found:
        raise Refusal("no_classification", standard, "")
    newest = max(found, key=lambda known: known.id)
    _FOUND[key] = (now, newest)
    return newest


#: seconds after which the files of the pack are looked at again: a list names many classes
_PAUSE = 1.0
_FOUND: dict[tuple[str, str], tuple[float, Classification]] = {}


def _by_code(standard: str) -> dict[str, ClassItem]:
    found = classification_of(standard)
    return _index(found)


_KEPT: dict[int, tuple[Classification, dict[str, ClassItem]]] = {}


def _index(found: Classification) -> dict[str, ClassItem]:
    """Items by code, made once for a classification; the one in force wins over an older one."""
    kept = _KEPT.get(id(found))
    if kept is None or kept[0] is not found:
        items = sorted(found.items, key=lambda item: item.until == "")
        kept = _KEPT[id(found)] = (found, {item.code: item for item in items})
    return kept[1]


def industry_known(code: str) -> bool:
    """GB/T 4754: a section letter, a division, or a finer code whose division is known."""
    items = _by_code(INDUSTRY)
    bare = code.lstrip("ABCDEFGHIJKLMNOPQRST") or code
    if not (bare.isdecimal() and 2 <= len(bare) <= 4 and bare[:2] in items):
        return False
    return len(code) == len(bare) or items[bare[:2]].parent == code[0]


def with_section(code: str) -> str:
    """A code of GB/T 4754 with the letter of its section, as conditions name it: C34."""
    item = _by_code(INDUSTRY).get(code[:2])
    return f"{item.parent}{code}" if item and code[:1].isdecimal() else code


def place_known(code: str) -> bool:
    """GB/T 2260: a county or above that is in force, or a town of one (nine or twelve digits)."""
    item = _by_code(PLACE).get(code[:6])
    return item is not None and not item.until and len(code) in (6, 9, 12) and code.isdecimal()


def class_name(standard: str, code: str) -> str:
    """The name of a code; of a finer code, that of what it belongs to."""
    items = _by_code(standard)
    bare = code.lstrip("ABCDEFGHIJKLMNOPQRST") or code if standard == INDUSTRY else code[:6]
    item = items.get(bare) or items.get(bare[:2])
    return item.name if item else ""
