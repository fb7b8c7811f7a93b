"""Portfolio figures (项目库指标): of what an address chooses, on its day, by one dimension.

The figures are those of the engine's definitions (`hexi.projects.figures`), over the same rows as
the list: each count leads to the list filtered likewise. What the public may not know of a project,
its monthly progress, is in no sum that the public sees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import NONE, Chosen, choose
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.classes import INDUSTRY, class_name, with_section
from hexi.projects.figures import Figures, figures, figures_by
from hexi.projects.history import Ints

__all__ = [
    "DIMENSIONS",
    "Group",
    "Portfolio",
    "Step",
    "course_of_year",
    "portfolio",
    "portfolio_rows",
    "year_before",
]

DIMENSIONS: Final = ("unit", "industry", "kind", "leader", "tag")
#: what only those who see a project whole may know of it
_PRIVATE: Final = ("invested", "invested_year")


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a dimension with its figures."""

    #: as the list takes it
    value: str
    label: str
    figures: Figures
    lamps: dict[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """How many projects stand in a stage."""

    stage: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is shown of the chosen projects on a day."""

    chosen: Chosen
    by: str
    whole: Figures
    #: held projects by lamp, as it was on the day; empty for the public
    lamps: dict[str, int]
    groups: list[Group]
    funnel: list[Step]

    @property
    def day(self) -> date:
        return self.chosen.day


def portfolio_rows(
    person: Person | None, asked: Mapping[str, str], today: date
) -> tuple[Chosen, dict[str, str]]:
    """The projects that figures are of, and the filters that give the same in the list.

    Practice and real projects are never counted together: real ones stand, and practice ones where
    they are asked for or where there is nothing else.
    """
    kept = {key: value for key, value in asked.items() if value}
    chosen = choose(person, kept, today)
    if not chosen.inside or kept.get("practice"):
        return chosen, kept
    practice = chosen.library.records.practice & chosen.flags()
    if not practice.any():
        return chosen, kept
    real = chosen.narrowed("practice", "0")
    wanted = "0" if real.total else "1"
    return chosen.narrowed("practice", wanted), {**kept, "practice": wanted}


def portfolio(chosen: Chosen, by: str, unit: str = "") -> Portfolio:
    """Figures of these projects, together and by a dimension.

    Args:
        chosen: the projects.
        by: one of `DIMENSIONS`.
        unit: the unit that the address names; its parts are the groups by unit.
    """
    values, rows, groups = _GROUPERS[by](chosen, unit)
    found = figures_by(chosen.standing, rows, groups, len(values))
    lit = _lamps_by(chosen, rows, groups, len(values))
    listed = [
        Group(value, label, _shown(chosen, one), lamps)
        for (value, label), one, lamps in zip(values, found, lit, strict=True)
        if one.number
    ]
    whole = _shown(chosen, figures(chosen.standing, chosen.flags()))
    every = np.flatnonzero(chosen.flags())
    [lamps] = _lamps_by(chosen, every, np.zeros(len(every), dtype=np.int64), 1)
    return Portfolio(chosen, by, whole, lamps, listed, _funnel(chosen))


def year_before(day: date) -> date:
    """The same day last year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def course_of_year(chosen: Chosen) -> dict[str, Any] | None:
    """Investment of the day's year, summed up by month, beside the plan in equal parts.

    None where there is neither, or where it is not the reader's to know.
    """
    at, year = chosen.standing, chosen.day.year
    held = chosen.flags() & at.held
    planned = int(at.planned[held].sum())
    if not chosen.inside:
        return None
    last = chosen.day.month
    progress = chosen.library.histories.progress
    months = progress.by_time(held, year * 100 + 1, year * 100 + last)
    if not planned and not months:
        return None
    sums, so_far = [], 0
    for month in range(1, 13):
        so_far += months.get(year * 100 + month, 0)
        sums.append(round(so_far / 10**8, 4) if month <= last else None)
    even = [round(planned * month / 12 / 10**8, 4) for month in range(1, 13)]
    return {
        "kind": "line",
        "title": _("Investment of %(year)s against the plan, summed up by month") % {"year": year},
        "unit": _("100 million yuan"),
        "decimals": 2,
        "periods": [f"{month:02d}" for month in range(1, 13)],
        "series": [
            {"name": _("Invested"), "data": sums},
            *([{"name": _("Plan, evenly"), "data": even}] if planned else []),
        ],
    }


def _shown(chosen: Chosen, found: Figures) -> Figures:
    if chosen.inside:
        return found
    return replace(found, **{field.name: 0 for field in fields(Figures) if field.name in _PRIVATE})


def _lamps_by(chosen: Chosen, rows: Ints, groups: Ints, count: int) -> list[dict[str, int]]:
    """Held projects of each group by lamp."""
    if not chosen.inside:
        return [{} for _group in range(count)]
    held, lamps = chosen.standing.held[rows], chosen.lamps
    size = len(lamps.words)
    places = groups[held] * size + lamps.codes[rows[held]]
    counts = np.bincount(places, minlength=count * size).reshape(count, size)
    return [
        {word or NONE: n for word, n in zip(lamps.words, line, strict=True) if n}
        for line in counts.tolist()
    ]


def _funnel(chosen: Chosen) -> list[Step]:
    """Held projects by stage, in the order of the stages."""
    counts = chosen.held_by_stage()
    return [
        Step(id, words.stage_label(id), counts[id]) for id in stage_book().stages if id in counts
    ]


_Values = list[tuple[str, str]]
_Grouped = tuple[_Values, Ints, Ints]


def _by_unit(chosen: Chosen, unit: str) -> _Grouped:
    """The parts of a unit, or of the person's own: each with all below it."""
    units = {one.pk: one for one in Unit.objects.order_by("order")}
    rows = np.flatnonzero(chosen.flags())
    column = chosen.library.records.unit[rows]
    here = [units[int(pk)] for pk in np.flatnonzero(np.bincount(column))]
    parts = _parts(_roots(chosen, unit, list(units.values())), here, list(units.values()))
    places = {pk: place for place, part in enumerate(parts) for pk in part.within}
    table = np.array([places.get(pk, -1) for pk in range(int(column.max(initial=0)) + 1)])
    groups = table[column]
    values = []
    for part in parts:
        aside = _(" (itself)") if part.itself and len(parts) > 1 else ""
        value = f"={part.unit.code}" if part.itself else part.unit.code
        values.append((value, name_of(part.unit) + aside))
    return values, rows[groups >= 0], groups[groups >= 0]


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit that stands beside others, with the units of its projects."""

    unit: Unit
    within: set[int]
    #: the unit whose parts are shown, without them
    itself: bool = False


def _parts(roots: list[Unit], here: list[Unit], units: list[Unit]) -> list[_Part]:
    filled = [
        _Part(root, within)
        for root in roots
        if (within := {one.pk for one in here if one.path.startswith(root.path)})
    ]
    if len(filled) != 1:
        return filled
    root = filled[0].unit
    by_path = {one.path: one for one in units}
    found: dict[int, _Part] = {}
    for one in here:
        if one.path.startswith(root.path):
            rest = one.path[len(root.path) :]
            unit = by_path.get(f"{root.path}{rest.split('/')[0]}/", one) if rest else root
            part = found.setdefault(unit.pk, _Part(unit, set(), unit.pk == root.pk))
            part.within.add(one.pk)
    parts = sorted(found.values(), key=lambda part: part.unit.order)
    if len(parts) == 1 and not parts[0].itself:
        # where all stand in one part, its own parts say more
        return _parts([parts[0].unit], here, units)
    return parts


def _roots(chosen: Chosen, unit: str, units: list[Unit]) -> list[Unit]:
    if unit:
        return [one for one in units if one.code == unit.removeprefix("=")]
    person = chosen.person
    if person is None or person.is_administrator or not chosen.inside:
        return [one for one in units if one.parent_id is None]
    return [one for one in units if one.path in person.scope_paths()]


def _by_word(column: str, label: Callable[[str], str]) -> Callable[[Chosen, str], _Grouped]:
    def grouped(chosen: Chosen, _unit: str) -> _Grouped:
        words_of = getattr(chosen.library.records, column)
        rows = np.flatnonzero(chosen.flags())
        values = [(word or NONE, label(word)) for word in words_of.words]
        return values, rows, words_of.codes[rows]

    return grouped


def _by_industry(chosen: Chosen, _unit: str) -> _Grouped:
    """Sections of GB/T 4754 (门类), a letter each."""
    industry = chosen.library.records.industry
    sections = [with_section(word)[:1] if word else "" for word in industry.words]
    known = {section: place for place, section in enumerate(sorted(set(sections)))}
    values = [(section or NONE, _section(section)) for section in known]
    moved = np.array([known[section] for section in sections], dtype=np.int64)
    rows = np.flatnonzero(chosen.flags())
    return values, rows, moved[industry.codes[rows]]


def _section(section: str) -> str:
    name = class_name(INDUSTRY, section) if section else ""
    return f"{section} {name}" if name else section or _("Not given")


def _by_leader(chosen: Chosen, _unit: str) -> _Grouped:
    """By account where there is one, else by name."""
    records = chosen.library.records
    rows = np.flatnonzero(chosen.flags())
    ids, named = records.leader[rows], records.leader_name.codes[rows]
    keys = np.where(ids > 0, ids, -1 - named)
    found, groups = np.unique(keys, return_inverse=True)
    people = dict(
        Person.objects.filter(pk__in=[int(key) for key in found if key > 0])
        .values_list("pk", "name")
    )  # fmt: skip
    values = []
    for key in found.tolist():
        name = people.get(key, "") if key > 0 else records.leader_name.words[-1 - key]
        values.append((str(key) if key > 0 else name or NONE, name or _("Nobody yet")))
    return values, rows, groups


def _by_tag(chosen: Chosen, _unit: str) -> _Grouped:
    """A project on several lists counts in each."""
    tags, flags = chosen.library.tags, chosen.flags()
    tagged = tags.matrix(tags.holding(chosen.day.toordinal()) & flags[tags.of], len(flags))
    rows, codes = np.nonzero(tagged)
    return [(word or NONE, words.tag_label(word)) for word in tags.tag.words], rows, codes


_GROUPERS: Final[dict[str, Callable[[Chosen, str], _Grouped]]] = {
    "unit": _by_unit,
    "industry": _by_industry,
    "kind": _by_word("kind", words.kind_label),
    "leader": _by_leader,
    "tag": _by_tag,
}
