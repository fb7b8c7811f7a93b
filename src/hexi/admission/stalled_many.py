"""Idle land and stalled projects of a whole library (闲置停滞成批认定): the same rules on columns.

`stalled` tells one site with its sentences; here a hundred thousand are gone through at once, and
what is said of each is left to it. Both give the same cases, which a test holds together.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hexi.admission.stalled import StalledRule

__all__ = ["UNKNOWN_DAY", "Sites", "StalledMany", "stalled_many"]

Days = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: number of a day that is not known: after all that are
UNKNOWN_DAY = 4_000_000
#: the first day of the computer's era, as `date.toordinal` counts
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Sites:
    """What is known of N sites, a column each; days are numbers (`date.toordinal`)."""

    land_given: Days
    agreed_start: Days
    started: Days
    stopped: Days
    completed: Days
    producing: Days
    #: invested over total, and built over to be built; NaN: not known
    invested_share: Reals
    built_share: Reals


@dataclass(frozen=True, slots=True)
class StalledMany:
    """Cases by site, one a family of rules, in the order of sites and families."""

    site: NDArray[np.intp]
    #: the rule of each, as its place in `rules`
    rule: NDArray[np.intp]
    rules: tuple[StalledRule, ...]
    #: day that it counts from, whole months since
    since: Days
    months: Days
    #: False for a suspicion
    certain: Flags

    def chosen(self, which: Flags | NDArray[np.intp]) -> StalledMany:
        """Some of them."""
        return replace(
            self,
            site=self.site[which],
            rule=self.rule[which],
            since=self.since[which],
            months=self.months[which],
            certain=self.certain[which],
        )


def stalled_many(sites: Sites, rules: Iterable[StalledRule], on: date) -> StalledMany:
    """What the rules in force on a day see on every site."""
    held = tuple(rule for rule in rules if rule.holds_on(on))
    families = tuple(dict.fromkeys(rule.family for rule in held))
    size = len(sites.started)
    passed = {name: _months(getattr(sites, name), on) for name in {r.anchor for r in held}}
    parts = []
    for order, family in enumerate(families):
        free = np.ones(size, dtype=np.bool_)
        ours = [(place, rule) for place, rule in enumerate(held) if rule.family == family]
        for place, rule in sorted(ours, key=lambda one: -one[1].months):
            seen, certain = _seen(sites, rule, passed[rule.anchor], on, free)
            free[seen] = False
            since = getattr(sites, rule.anchor)[seen]
            parts.append((seen, order, place, since, passed[rule.anchor][seen], certain))
    return _joined(parts, held)


def _seen(
    sites: Sites, rule: StalledRule, passed: Days, on: date, free: Flags
) -> tuple[NDArray[np.intp], Flags]:
    """Sites on which one rule holds, and for which of them that is certain."""
    came = getattr(sites, rule.lacks) <= on.toordinal()
    here = np.flatnonzero(free & (passed >= rule.months) & ~came)
    certain = np.ones(len(here), dtype=np.bool_)
    if rule.needs_land:
        certain &= sites.land_given[here] != UNKNOWN_DAY
    if not rule.invested_below and not rule.built_below:
        return here, certain
    invested, built = sites.invested_share[here], sites.built_share[here]
    small = (invested < rule.invested_below) | (built < rule.built_below)
    # a share that nobody entered is not asked; where none is known it cannot be told
    told = np.zeros(len(here), dtype=np.bool_)
    for share, below in ((invested, rule.invested_below), (built, rule.built_below)):
        if below:
            told |= ~np.isnan(share)
    stays = small | ~told
    return here[stays], (certain & small)[stays]


def _joined(parts: list[tuple], held: tuple[StalledRule, ...]) -> StalledMany:  # type: ignore[type-arg] # columns of one rule
    none = np.zeros(0, dtype=np.int64)
    site = np.concatenate([none, *(part[0] for part in parts)]).astype(np.intp)
    family, rule = (
        np.concatenate([none, *(np.full(len(part[0]), part[at]) for part in parts)])
        for at in (1, 2)
    )
    every = StalledMany(
        site,
        rule.astype(np.intp),
        held,
        np.concatenate([none, *(part[3] for part in parts)]),
        np.concatenate([none, *(part[4] for part in parts)]),
        np.concatenate([none.astype(np.bool_), *(part[5] for part in parts)]),
    )
    return every.chosen(np.lexsort((family, site)))


def _months(days: Days, on: date) -> Days:
    """Whole months from each day to another; -1 where it has not come or is not known."""
    known = days <= on.toordinal()
    given = (np.where(known, days, _EPOCH) - _EPOCH).astype("datetime64[D]")
    months = given.astype("datetime64[M]")
    of_month = (given - months).astype(np.int64) + 1
    here = (on.year - 1970) * 12 + on.month - 1
    # the last day of a shorter month stands for a later one
    due = np.minimum(of_month, calendar.monthrange(on.year, on.month)[1])
    passed = here - months.astype(np.int64) - (due > on.day)
    return np.where(known, passed, -1)
