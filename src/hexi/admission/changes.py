"""What would change an outcome (最小改动): the least change of one input that turns a failed rule.

Every candidate is a project of its own that is screened again, so that a change is never promised
that another row of the table would undo; other rules that it would break are named with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hexi.admission.columns import Projects
from hexi.admission.conditions import Condition, Spans
from hexi.admission.fields import Space
from hexi.admission.outcomes import FAILS, NOT_KNOWN, Outcomes, screen_many
from hexi.admission.tables import Row

__all__ = ["Change", "least_changes"]

_INF = float("inf")


@dataclass(frozen=True, slots=True)
class Change:
    """One input changed, all others as they are."""

    field: str
    #: the nearest number that turns the rule; None for a word
    number: float | None
    #: words any of which turns it, the nearest first
    words: tuple[str, ...]
    #: how much the number moves
    by: float
    #: other rules, as table.row, that hold now and would fail
    breaks: tuple[str, ...]


def least_changes(
    project: Mapping[str, object], found: Outcomes, number: int, on: date
) -> tuple[Change, ...]:
    """The least change of each single given input that turns one failed rule."""
    table, row = found.rules[number]
    space = found.projects.space
    tried = dict.fromkeys(
        one
        for name, condition in _levers(row)
        for one in _candidates(space, found.projects, name, condition)
    )
    if not tried:
        return ()
    again = Projects.of([{**project, **_only(space, field, to)} for field, to in tried], space)
    after = screen_many(again, found.tables, on)
    mates = [at for at, (other, _) in enumerate(found.rules) if other is table]
    numbers: dict[str, Change] = {}
    words: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for place, (field, to) in enumerate(tried):
        codes = after.codes[:, place]
        if any(
            codes[at] in (FAILS, NOT_KNOWN)
            for at in mates
            if at == number or found.codes[at, 0] != codes[at]
        ):
            continue
        newly = np.flatnonzero((codes == FAILS) & (found.codes[:, 0] != FAILS))
        breaks = tuple(f"{found.rules[at][0].id}.{found.rules[at][1].id}" for at in newly)
        if isinstance(to, str):
            words.setdefault(field, []).append((to, breaks))
            continue
        now = found.projects.value(field, 0)
        by = to - now if isinstance(now, float) else to
        best = numbers.get(field)
        if best is None or abs(by) < abs(best.by):
            numbers[field] = Change(field, to, (), by, breaks)
    return (*numbers.values(), *(_of_words(space, found, *one) for one in words.items()))


def _of_words(
    space: Space, found: Outcomes, field: str, turned: Sequence[tuple[str, tuple[str, ...]]]
) -> Change:
    """Words that turn a rule: those that break least first, then those nearest in the tree."""
    now = found.projects.value(field, 0)
    line = space.line(field, str(now)) or frozenset()

    def rank(one: tuple[str, tuple[str, ...]]) -> tuple[int, int]:
        return len(one[1]), -len(line & (space.line(field, one[0]) or frozenset()))

    ordered = sorted(turned, key=rank)
    return Change(field, None, tuple(word for word, _ in ordered), 0.0, ordered[0][1])


def _levers(row: Row) -> Iterator[tuple[str, Condition | None]]:
    """Fields with the condition to be reached: the demand kept, or another row's turn.

    What the table is for at all (its scope) is no lever: a plant does not become a shop for it.
    """
    yield from row.need.items()
    for name, condition in row.when.items():
        yield name, condition.without() if isinstance(condition, Spans) else None


def _candidates(
    space: Space, projects: Projects, name: str, condition: Condition | None
) -> Iterator[tuple[str, float | str]]:
    now = projects.value(name, 0)
    if not isinstance(condition, Spans):
        yield from ((name, word) for word in space.members(name) if word != now)
        return
    if not isinstance(now, float):
        return
    field = space.fields[name]
    # The nearest point of each span, for it may lie outside what the field can be.
    for span in condition.spans:
        one = Spans((span,))
        to = float(one.nearest(np.array([now]))[0])
        if field.parts:
            yield from _through_parts(space, projects, name, one, to)
        elif field.least <= to <= field.most:
            yield name, to


def _through_parts(
    space: Space, projects: Projects, name: str, wanted: Spans, to: float
) -> Iterator[tuple[str, float | str]]:
    """The part of a ratio or difference that alone would bring it to a number."""
    field = space.fields[name]
    one, two = (projects.value(part, 0) for part in field.parts)
    if not isinstance(one, float) or not isinstance(two, float):
        if field.least <= to <= field.most:
            yield name, to
        return
    if field.difference:
        options = ((field.parts[0], two + to), (field.parts[1], one - to))
    else:
        options = (
            (field.parts[0], to * two / field.times),
            (field.parts[1], one * field.times / to if to else _INF),
        )
    for part, value in options:
        over = space.fields[part]
        for nudged in _nudged(value):
            left, right = (nudged, two) if part == field.parts[0] else (one, nudged)
            made = (
                left - right if field.difference else left * field.times / right if right else _INF
            )
            if over.least <= nudged <= over.most and wanted.holds(np.array([made]))[0]:
                yield part, nudged
                break


def _nudged(value: float) -> Iterator[float]:
    """A number and its nearest neighbours: a quotient may round to the wrong side of a bound."""
    yield value
    up = down = value
    for _ in range(4):
        up, down = math.nextafter(up, _INF), math.nextafter(down, -_INF)
        yield up
        yield down


def _only(space: Space, field: str, to: float | str) -> dict[str, object]:
    """The change, with every field that rests on it worked out afresh."""
    changed: dict[str, object] = {
        other.id: None for other in space.fields.values() if field in other.parts
    }
    changed[field] = to
    return changed
