"""Who stands on the chains of an area (企业上链): firms of the register and library projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hexi.chains import (
    Chain,
    Firm,
    NodeState,
    Placement,
    codes_in,
    find_codes,
    groups_of,
    place_groups,
    states_of,
)
from hexi.chains.placement import Groups
from hexi.portal.chains.book import chain_book
from hexi.portal.chains.queries.areas import Area, fewest_told
from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.promotion.wording import word
from hexi.portal.returns.models import Enterprise

__all__ = ["WITHHELD", "OnMap", "Standing", "bare_code", "place_on", "standing_in"]

#: not told to who may not see the register: fewer firms than may be published, perhaps none
WITHHELD = "withheld"
_ENTERPRISE, _PROJECT, _TARGET = "e", "p", "t"
#: a name covers at least so much of what a target firm is said to make
_SURE = 0.5


_KINDS = {_ENTERPRISE: "enterprise", _PROJECT: "project", _TARGET: "target"}


@dataclass(frozen=True, slots=True)
class OnMap:
    """A firm or project as a page names it."""

    key: str
    name: str
    #: social credit code, or the number of the library
    code: str
    industry: str
    unit: str
    unit_name: str
    #: stage of a project, list and rank of a target firm; empty for a firm of the register
    stage: str
    since: date
    pk: int
    #: where it is known from
    source: str = ""

    @property
    def kind(self) -> str:
        """enterprise, project or target (目标企业)."""
        return _KINDS[self.key[0]]


@dataclass(frozen=True)
class Standing:
    """Firms and projects for the chains of one area, as far as the person may see them."""

    area: Area
    firms: tuple[Firm, ...]
    #: whoever may be named, by key
    known: Mapping[str, OnMap]
    #: so many firms must stand on a node where names may not be shown
    fewest: int

    @cached_property
    def groups(self) -> Groups:
        """The firms by their codes, for all chains."""
        return groups_of(self.firms)


@dataclass(frozen=True, slots=True)
class Placed:
    """One chain with who stands on it."""

    chain: Chain
    states: tuple[NodeState, ...]
    placements: tuple[Placement, ...]


def bare_code(code: str) -> str:
    """A code of GB/T 4754 without the letter of its section."""
    return code[1:] if code[:1].isalpha() else code


def standing_in(
    area: Area, person: Person | None, on: date, *, elsewhere: bool = False
) -> Standing:
    """Who stands in the area on a day.

    ``elsewhere``: also the scope's firms outside it, and the firms that promotion is after.
    """
    rows = Enterprise.objects.visible_to(person) if area.whole else Enterprise.objects.all()
    if not (elsewhere and area.whole):
        rows = rows.filter(reporter__home__path__startswith=area.unit.path)
    known: dict[str, OnMap] = {}
    firms: list[Firm] = []
    for pk, name, code, industry, opened, unit, unit_name in _working(rows, on):
        key = f"{_ENTERPRISE}{pk}"
        # Where names may not be shown none is carried further than this line.
        firms.append(Firm(key, name if area.whole else "", _codes(industry), (), unit))
        if area.whole:
            known[key] = OnMap(
                key, name, code, bare_code(industry), unit, unit_name, "", opened, pk
            )
    for record in _projects(area, person):
        found = _on_map(record)
        known[found.key] = found
        firms.append(_as_firm(record, found))
    if elsewhere and area.whole:
        for target, codes in _targets(person):
            known[target.key] = target
            firms.append(Firm(target.key, target.name, codes))
    return Standing(area, tuple(firms), known, fewest_told(on.year * 100 + on.month))


def _working(rows: QuerySet[Enterprise], on: date) -> Any:
    """Key, name, code, industry, day of opening, code and name of the unit, of those that work."""
    open_then = Q(closed=None) | Q(closed__gt=on)
    return rows.filter(open_then, opened__lte=on).values_list(
        "pk", "name", "code", "industry", "opened", "reporter__home__code", "reporter__home__name"
    )


def _projects(area: Area, person: Person | None) -> QuerySet[ProjectRecord]:
    """Projects that go on; practice ones are never mixed with real ones."""
    return (
        ProjectRecord.objects.visible_to(person)
        .filter(unit__path__startswith=area.unit.path, practice=False, merged_into=None)
        .exclude(stage=stage_book().ending.id)
        .exclude(industry="")
        .select_related("unit")
    )


def _on_map(record: ProjectRecord) -> OnMap:
    stage = stage_book().stages.get(record.stage)
    return OnMap(
        f"{_PROJECT}{record.pk}",
        record.name,
        record.number,
        bare_code(record.industry),
        record.unit.code,
        record.unit.name,
        label_of(stage) if stage else record.stage,
        record.stage_since,
        record.pk,
    )


def _as_firm(record: ProjectRecord, found: OnMap) -> Firm:
    """A project makes something once it is built and its firm is not in the register itself."""
    built = stage_book().has_completed(record.stage)
    producing = built and record.enterprise_id is None
    return Firm(found.key, found.name, _codes(record.industry), (), found.unit, producing=producing)


def _targets(person: Person | None) -> Iterator[tuple[OnMap, tuple[str, ...]]]:
    """Target firms of promotion that no project came of yet, where what they make has a code."""
    book = chain_book()
    for row in TargetFirm.objects.visible_to(person).filter(project=None).exclude(industry=""):
        codes = codes_in(row.industry, book) or tuple(
            hit.code for hit in find_codes(row.industry, book) if hit.cover >= _SURE
        )
        if codes:
            listed = word("firms", row.of_list)
            if row.rank:
                listed = _("%(list)s, number %(n)s") % {"list": listed, "n": row.rank}
            key = f"{_TARGET}{row.pk}"
            yield (
                OnMap(key, row.name, row.code, codes[0], "", row.seat, listed, row.as_of, row.pk,
                      row.source),
                codes,
            )  # fmt: skip


def _codes(industry: str) -> tuple[str, ...]:
    code = bare_code(industry)
    return (code,) if code else ()


def place_on(chain: Chain, standing: Standing) -> Placed:
    """A chain with who stands on it in the area."""
    placements = place_groups(chain, standing.groups)
    states = states_of(chain, placements, standing.area.here, chain_book().strength)
    if standing.area.whole:
        return Placed(chain, states, placements)
    return Placed(chain, _told(chain, states, standing), ())


def _told(chain: Chain, states: Sequence[NodeState], standing: Standing) -> tuple[NodeState, ...]:
    """What may be published: that a node stands, where enough firms of the register are on it."""
    stands = {
        one.node.id: sum(1 for firm in one.firms if firm.id[0] == _ENTERPRISE) >= standing.fewest
        for one in states
    }
    return tuple(
        NodeState(
            one.node,
            "present" if stands[one.node.id] else WITHHELD,
            (),
            tuple(firm for firm in (*one.firms, *one.coming) if firm.id in standing.known),
            tuple(firm for firm in one.possible if firm.id in standing.known),
            None,
            tuple(other for other in chain.neighbours(one.node.id) if stands[other]),
        )
        for one in states
    )
