"""What the columns of the library's sheet take (项目表填写说明): for the template's second sheet.

Kinds, stages, lists and sources are those of the pack; units those in which the person keeps
projects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import gapped
from hexi.portal.projects.forms import record_units
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.record_labels import DAYS, LONGEST, NUMBERS
from hexi.portal.projects.sheet.fields import FIELDS, HEADS, SUMS
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.returns.registers.entry import UNIT_KINDS
from hexi.portal.returns.registers.register_file import Heads, Note
from hexi.projects.stages import Choice

__all__ = ["explained_heads"]

#: of columns that are neither a day, a sum, a number, a word of a list nor plain text
_OWN: Final[dict[str, Note]] = {
    "number": Note(_("Empty for a new project; for a known one as the export has it."),
                   example="XM20260000001"),
    "state_code": Note(_("Code of the approval, where there is one."),
                       example="2401-620100-04-01-123456"),
    "place": Note(_("Code of GB/T 2260, six digits."), example="620105"),
    "industry": Note(_("Code of GB/T 4754-2017."), example="3252"),
    "investor_code": Note(_("Unified social credit code of the investor, 18 characters.")),
    "leader": Note(_("User name of an account of this portal.")),
    "steward": Note(_("User name of an account of this portal.")),
    "enterprise": Note(
        _(
            "Unified social credit code, or the whole name, of an enterprise of the register;"
            " empty changes nothing."
        )
    ),
    "year": Note(_("A year in four digits, only together with the sum planned for it;"
                   " empty changes nothing."),
                 example="2026"),
    "reporting": Note(
        _(
            "Code of the project in the register of reporting projects, only together with the"
            " day; empty changes nothing."
        )
    ),
    "in_statistics_since": Note(
        _("The day from which statistics count the project, not ahead; empty changes nothing."),
        example="2026-04-10",
    ),
}  # fmt: skip
_NUMBER_UNITS: Final[dict[str, Any]] = {
    "land_mu": _("mu"), "jobs": _("persons"), "energy": _("tonnes of standard coal"),
    "longitude": _("degrees"), "latitude": _("degrees"),
}  # fmt: skip
_WAN: Final = "万元"


def explained_heads(person: Person) -> Heads:
    """The columns with what they take, for a person who fills them in."""
    return replace(HEADS, notes={name: _note(name, person) for name in FIELDS}, choices={})


def _note(name: str, person: Person) -> Note:
    book = stage_book()
    match name:
        case "kind":
            return _one_of(_labels(book.kinds.values()))
        case "stage":
            return _one_of(_labels(book.stages.values()))
        case "origin":
            return _one_of(str(label) for label in ORIGINS.values())
        case "unit":
            return _one_of(u.name for u in record_units(person) if u.kind in UNIT_KINDS)
        case "tags":
            words = _labels(book.tags.values())
            takes = _("Words of the list, parted by “、”.")
            return Note(takes, example="、".join(words[:2]), words=words)
        case "sources":
            words = _labels(book.sources.values())
            takes = _("Each source with its sum, parted by “、”; they add up to the total.")
            example = "、".join(f"{word} {3000 - 1000 * n}" for n, word in enumerate(words[:2]))
            return Note(takes, _WAN, example, words)
        case _ if name in _OWN:
            return _OWN[name]
        case _ if name in SUMS:
            return Note(
                _("A sum; another unit is written in the cell or the head, as 1.2亿元."),
                _WAN,
                "12000",
            )
        case _ if name in DAYS:
            return Note(_("A day."), example="2026-03-20")
        case _ if name in NUMBERS:
            least, most, _places = NUMBERS[name]
            takes = gapped(_("A number from %(least)s to %(most)s."), least=least, most=most)
            return Note(takes, _NUMBER_UNITS[name])
    return Note(gapped(_("Text of at most %(n)d characters."), n=LONGEST[name]))


def _labels(words: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(label_of(word) for word in words)


def _one_of(words: Iterable[str]) -> Note:
    return Note(_("One word of the list."), words=tuple(words), listed=True)
