"""Projects as columns (项目列): one array a field, so that a thousand are judged like one.

What is not known stays not known: NaN for a number, -1 for a word. A field that is worked out of
others is filled where it was not given and they were.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.admission.conditions import Condition, Spans
from hexi.admission.fields import Field, Space

__all__ = ["NO", "UNKNOWN", "YES", "ProjectError", "ProjectFault", "Projects", "Truth"]

Truth = NDArray[np.int8]
#: three values (三值): and is the least of two, or the greatest, not the negative
NO, UNKNOWN, YES = np.int8(-1), np.int8(0), np.int8(1)


@dataclass(frozen=True, slots=True)
class ProjectFault:
    """A value that a project cannot have: which project (counted from 0), field, and why."""

    project: int
    field: str
    text: str
    text_en: str


class ProjectError(ValueError):
    """Projects that cannot be screened, with every fault."""

    def __init__(self, faults: Sequence[ProjectFault]) -> None:
        self.faults = tuple(faults)
        listed = "；".join(f"第 {one.project + 1} 个项目 {one.field}：{one.text}" for one in faults)
        super().__init__(listed)


@dataclass(frozen=True, slots=True)
class Projects:
    """N projects: numbers and word numbers by field; `words` says what each number means."""

    size: int
    space: Space
    numbers: Mapping[str, NDArray[np.float64]]
    codes: Mapping[str, NDArray[np.int32]]
    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, records: Sequence[Mapping[str, object]], space: Space) -> Projects:
        """Projects of records; a missing key or None is not known.

        Raises:
            ProjectError: with every unknown field, wrong kind, unknown word and value out of range.
        """
        faults: list[ProjectFault] = []
        for place, record in enumerate(records):
            for name in record:
                if name not in space.fields:
                    faults.append(ProjectFault(place, name, "没有此要素", "no such field"))
        numbers: dict[str, NDArray[np.float64]] = {}
        codes: dict[str, NDArray[np.int32]] = {}
        words: dict[str, tuple[str, ...]] = {}
        for field in space.fields.values():
            given = [record.get(field.id) for record in records]
            if field.numeric:
                numbers[field.id] = _numbers(field, given, faults)
            else:
                codes[field.id], words[field.id] = _words(field, given, space, faults)
        if faults:
            raise ProjectError(faults)
        return cls(len(records), space, numbers, codes, words).worked_out()

    @classmethod
    def given(
        cls,
        records: Sequence[Mapping[str, object]],
        space: Space,
    ) -> Projects:
        """Projects of records that may be old: what a project cannot have is not known of it, and
        nothing is worked out yet."""
        faults: list[ProjectFault] = []
        numbers: dict[str, NDArray[np.float64]] = {}
        codes: dict[str, NDArray[np.int32]] = {}
        words: dict[str, tuple[str, ...]] = {}
        for field in space.fields.values():
            told = [record.get(field.id) for record in records]
            if field.numeric:
                numbers[field.id] = _numbers(field, told, faults)
            else:
                codes[field.id], words[field.id] = _words(field, told, space, faults)
        return cls(len(records), space, numbers, codes, words)

    def worked_out(self) -> Projects:
        """With the fields that follow from others filled in where they were not given."""
        numbers = {name: _worked_out(self.space, name, self.numbers) for name in self.numbers}
        return replace(self, numbers=numbers)

    def truth(self, name: str, condition: Condition) -> Truth:
        """For each project whether a field meets a condition: yes, no or not known."""
        if isinstance(condition, Spans):
            values = self.numbers[name]
            found = np.where(condition.holds(values), YES, NO)
            return np.where(np.isnan(values), UNKNOWN, found)
        lines = (self.space.line(name, word) for word in self.words[name])
        meets = [YES if line and condition.holds(line) else NO for line in lines]
        # The last place is read by -1: not known.
        return np.array([*meets, UNKNOWN], dtype=np.int8)[self.codes[name]]

    def missing(self, name: str) -> NDArray[np.bool_]:
        """For each project whether a field is not known."""
        if name in self.numbers:
            return np.isnan(self.numbers[name])
        return self.codes[name] < 0

    def value(self, name: str, place: int) -> float | str | None:
        """What one project has in a field; None where it is not known."""
        if name in self.numbers:
            number = float(self.numbers[name][place])
            return None if math.isnan(number) else number
        code = int(self.codes[name][place])
        return None if code < 0 else self.words[name][code]


def _numbers(
    field: Field, given: Sequence[object], faults: list[ProjectFault]
) -> NDArray[np.float64]:
    found = np.full(len(given), np.nan)
    for place, value in enumerate(given):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | np.number):
            faults.append(
                ProjectFault(
                    place, field.id, f"应为数字，实为 {value!r}", f"{value!r} is no number"
                )
            )
            continue
        number = float(value)
        if not field.least <= number <= field.most or not math.isfinite(number):
            zh = f"应在 {field.least:g} 至 {field.most:g} 之间，实为 {number:g}"
            en = f"{number:g} is not from {field.least:g} to {field.most:g}"
            faults.append(ProjectFault(place, field.id, zh, en))
            continue
        found[place] = number
    return found


def _words(
    field: Field, given: Sequence[object], space: Space, faults: list[ProjectFault]
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    seen: dict[str, int] = {}
    members = frozenset(space.members(field.id))
    codes = np.full(len(given), -1, dtype=np.int32)
    for place, value in enumerate(given):
        if value is None or value == "":
            continue
        word = str(value).lower() if isinstance(value, bool) else str(value)
        if word not in seen:
            fine = field.kind == "industry" and word.isdigit()
            if space.line(field.id, word) is None or (word not in members and not fine):
                faults.append(
                    ProjectFault(place, field.id, f"没有“{word}”这一项", f"no such word: {word}")
                )
                continue
            seen[word] = len(seen)
        codes[place] = seen[word]
    return codes, tuple(seen)


def _worked_out(
    space: Space, name: str, numbers: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """A field's numbers, filled from its parts where it was not given."""
    field = space.fields[name]
    if not field.parts:
        return numbers[name]
    one, two = (_worked_out(space, part, numbers) for part in field.parts)
    if field.difference:
        made = one - two
    else:
        made = np.divide(one * field.times, two, out=np.full(one.shape, np.nan), where=two != 0)
    return np.where(np.isnan(numbers[name]), made, numbers[name])
