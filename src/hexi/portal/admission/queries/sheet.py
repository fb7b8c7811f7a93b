"""The sheet of a screening (筛查表): fields of the rulebook in their groups, and sliders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hexi.admission import Field, Rulebook, Space, Table
from hexi.admission.conditions import Spans
from hexi.portal.admission.rulebook import lang
from hexi.portal.admission.typed_inputs import shown_input

__all__ = ["InputGroup", "InputLine", "groups_of"]

_STEPS: Final = 200
#: where neither bound nor value says how large a figure may be
_USUAL: Final = 100.0


@dataclass(frozen=True, slots=True)
class InputLine:
    """One field of the form."""

    id: str
    title: str
    unit: str
    kind: str
    value: str
    choices: Sequence[tuple[str, str]]
    #: from the record of the library, unchanged
    taken: bool
    fault: str
    #: worked out of these two where it is left empty
    parts: str
    #: ends and step of its slider; empty: it has none
    least: str
    most: str
    step: str


@dataclass(frozen=True, slots=True)
class InputGroup:
    """Fields that are asked for together."""

    id: str
    title: str
    lines: tuple[InputLine, ...]


def groups_of(
    book: Rulebook,
    space: Space,
    tables: Sequence[Table],
    values: Mapping[str, Any],
    *,
    typed: Mapping[str, str] | None = None,
    taken: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    sliders: Mapping[str, Any] | None = None,
) -> list[InputGroup]:
    """The form: what was typed goes over what was read; ``sliders`` are the values they start at.

    A field that no rule of the day asks for, itself or through one worked out of it, is left out.
    """
    asked = _asked(book, tables)
    groups = []
    for group in book.groups:
        lines = []
        for field in book.fields.values():
            if field.group != group.id or field.id not in asked:
                continue
            value = shown_input(field, values.get(field.id))
            if typed is not None and field.id in typed:
                value = typed[field.id]
            ends = ("", "", "")
            if sliders is not None and field.numeric and not field.parts:
                ends = _ends(field, sliders.get(field.id), _bounds(field.id, tables))
            lines.append(
                InputLine(
                    id=field.id,
                    title=field.named(lang()),
                    unit=field.unit,
                    kind=field.kind,
                    value=value,
                    choices=_choices(field, space),
                    taken=bool(taken) and field.id in (taken or {}),
                    fault=(faults or {}).get(field.id, ""),
                    parts=_parts(field, book),
                    least=ends[0],
                    most=ends[1],
                    step=ends[2],
                )
            )
        if lines:
            named = group.title if lang() == "zh" else group.title_en
            groups.append(InputGroup(group.id, named, tuple(lines)))
    return groups


def _asked(book: Rulebook, tables: Sequence[Table]) -> set[str]:
    named: set[str] = set()
    for table in tables:
        named |= {*table.scope, *table.inputs}
        for row in table.rows:
            named |= row.need.keys()
    return named | {part for name in named for part in book.fields[name].parts}


def _choices(field: Field, space: Space) -> list[tuple[str, str]]:
    if field.numeric or field.kind == "industry":
        return []
    words = [(word, space.say(field.id, word, lang())) for word in space.members(field.id)]
    return list(reversed(words)) if field.kind == "flag" else words


def _parts(field: Field, book: Rulebook) -> str:
    sign = "÷" if field.ratio else "−"
    return f" {sign} ".join(book.fields[part].named(lang()) for part in field.parts)


def _bounds(name: str, tables: Sequence[Table]) -> list[float]:
    """The ends that rules of the day set for a field."""
    conditions = [
        condition
        for table in tables
        for row in table.rows
        for condition in (row.when.get(name), row.need.get(name))
    ]
    return [end for one in conditions if isinstance(one, Spans) for end in one.ends()]


def _ends(field: Field, value: Any, bounds: Sequence[float]) -> tuple[str, str, str]:
    """A range in which the value and every bound of a rule lie, with room on both sides."""
    marks = [abs(one) for one in (*bounds, value or 0.0) if isinstance(one, int | float)]
    most = min(_round_up(2 * max(marks, default=0.0) or _USUAL), field.most)
    least = max(field.least, 0.0 if not value or value >= 0 else -most)
    return f"{least:.10g}", f"{most:.10g}", f"{_round_down((most - least) / _STEPS):.10g}"


def _round_up(number: float) -> float:
    power = 10.0 ** (len(str(int(number))) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number)


def _round_down(number: float) -> float:
    """1, 2 or 5 of a power of ten, so that a slider stops at figures that one would write."""
    power = 1.0
    while power > number:
        power /= 10
    while power * 10 <= number:
        power *= 10
    return next(step * power for step in (5, 2, 1) if step * power <= number)
