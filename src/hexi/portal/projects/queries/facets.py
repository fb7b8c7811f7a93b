"""Facets of the library (分面): what the projects of a list are, counted within other filters.

A facet is counted over the rows that its own filter would leave alone, so that every number says
how long the list becomes when it is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.core.lists import choices
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.chosen import NONE, Chosen
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.classes import INDUSTRY, class_name

__all__ = ["Answer", "Facet", "facets", "value_label"]

#: values that stand open; the rest is unfolded
_OPEN: Final = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """One value; its address narrows the list to it, or takes the filter off where it is chosen."""

    label: str
    count: int
    chosen: bool
    url: str
    #: in a tree
    depth: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One question to the list, with its answers."""

    key: str
    label: str
    first: list[Answer]
    more: list[Answer]


_Values = list[tuple[str, str, int]]


def facets(request: HttpRequest, chosen: Chosen) -> list[Facet]:
    """All facets of a list that have something to choose from."""
    made = []
    for key, (label, values) in _askers(chosen.inside).items():
        found = values(chosen.counts(key))
        value = request.GET.get(key, "")
        if value and value not in (one for one, _label, _n in found):
            found.append((value, value_label(key, value), chosen.narrowed(key, value).total))
        if len(found) > 1 or value:
            made.append(_facet(request, key, label, found))
    units = _units(request, chosen)
    return [*made[:1], units, *made[1:]] if units else made


def _askers(inside: bool) -> dict[str, tuple[str, Callable[[dict[str, int]], _Values]]]:
    every: dict[str, tuple[str, Callable[[dict[str, int]], _Values]]] = {
        "stage": (pgettext("project", "Stage"), _listed(stage_book().stages, words.stage_label)),
        "kind": (_("Kind of project"), _listed(stage_book().kinds, words.kind_label)),
        "tag": (_("Tags"), _listed(stage_book().tags, words.tag_label)),
        "industry": (_("Industry"), _industries),
        "year": (_("Start in"), _years),
    }
    if inside:
        every["lamp"] = (_("Lamp"), _listed({**words.LAMPS, NONE: ""}, words.lamp_label))
        every["leader"] = (_("Leader in charge"), _leaders)
        every["practice"] = (_("Real or for practice"), _practice)
    return every


def _facet(
    request: HttpRequest, key: str, label: str, values: _Values, depths: Sequence[int] = ()
) -> Facet:
    off, *every = choices(request, key, [("", ""), *values])
    first: list[Answer] = []
    more: list[Answer] = []
    for at, choice in enumerate(every):
        answer = Answer(
            label=choice.label,
            count=choice.count or 0,
            chosen=choice.selected,
            url=off.url if choice.selected else choice.url,
            depth=depths[at] if depths else 0,
        )
        # the chosen value always stands open
        (first if at < _OPEN or choice.selected else more).append(answer)
    return Facet(key, label, first, more)


def _listed(
    order: Mapping[str, Any], label: Callable[[str], str]
) -> Callable[[dict[str, int]], _Values]:
    """Values in the order of the pack; what it no longer has comes last."""

    def values(counts: dict[str, int]) -> _Values:
        ids = [*order, *sorted(set(counts) - set(order))]
        return [(id, label(id), counts[id]) for id in ids if id in counts]

    return values


def _industries(counts: dict[str, int]) -> _Values:
    lines = [(code, _industry(code), n) for code, n in counts.items()]
    return sorted(lines, key=lambda line: (line[0] == NONE, -line[2], line[0]))


def _industry(code: str) -> str:
    return _("Not given") if code == NONE else class_name(INDUSTRY, code) or code


def _years(counts: dict[str, int]) -> _Values:
    lines = [(year, _("Not planned") if year == NONE else year, n) for year, n in counts.items()]
    return sorted(lines, key=lambda line: (line[0] == NONE, line[0]))


def _leaders(counts: dict[str, int]) -> _Values:
    ids = [int(value) for value in counts if value.isdecimal()]
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    lines = [(value, _leader(value, names), n) for value, n in counts.items()]
    return sorted(lines, key=lambda line: (line[0] == NONE, -line[2], line[1]))


def _leader(value: str, names: Mapping[int, str]) -> str:
    if value == NONE:
        return _("Nobody yet")
    return names.get(int(value), value) if value.isdecimal() else value


def _practice(counts: dict[str, int]) -> _Values:
    labels = (("0", _("Real")), ("1", _("For practice")))
    return [(value, label, counts[value]) for value, label in labels if value in counts]


def value_label(key: str, value: str) -> str:
    """A value of the address in words, also one that no project has at the moment."""
    match key:
        case "stage" if value in stage_book().groups:
            return stage_book().groups[value].label(words.lang())
        case "stage":
            return words.stage_label(value)
        case "kind":
            return words.kind_label(value)
        case "tag":
            return words.tag_label(value)
        case "lamp":
            return words.lamp_label(value)
        case "industry":
            return _industry(value)
        case "leader" if value.isdecimal():
            return _leader(value, dict(Person.objects.filter(pk=value).values_list("pk", "name")))
        case "leader" | "year" if value == NONE:
            return _("Nobody yet") if key == "leader" else _("Not planned")
        case "practice":
            return _("For practice") if value == "1" else _("Real")
        case "unit":
            unit = Unit.objects.filter(code=value.removeprefix("=")).first()
            return name_of(unit) if unit else value
    return value


def _units(request: HttpRequest, chosen: Chosen) -> Facet | None:
    """Units as a tree: each with the projects of its subtree, so that choosing it shows as many."""
    own = {int(pk): n for pk, n in chosen.counts("unit").items()}
    units = {unit.pk: unit for unit in Unit.objects.order_by("order")}
    by_path = {unit.path: pk for pk, unit in units.items()}
    counts: Counter[int] = Counter()
    for pk, n in own.items():
        path = units[pk].path
        while path.count("/") > 1:
            if (above := by_path.get(path)) is not None:
                counts[above] += n
            path = path[: path.rstrip("/").rfind("/") + 1]
    person = chosen.person
    if chosen.inside and person is not None and not person.is_administrator:
        # what lies above the own units has only their projects: it would say nothing new
        counts = Counter({pk: n for pk, n in counts.items() if person.covers(units[pk].path)})
    value = request.GET.get("unit", "")
    shown = [unit for unit in units.values() if unit.pk in counts or unit.code == value]
    if len(shown) < 2 and not value:
        return None
    base = min((unit.depth for unit in shown), default=0)
    values = [(unit.code, name_of(unit), counts[unit.pk]) for unit in shown]
    depths = [min(3, unit.depth - base) for unit in shown]
    return _facet(request, "unit", _("Unit"), values, depths)
