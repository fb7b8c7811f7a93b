"""Releases that share cells (关联公布): linear programming over all of them narrows nothing.

The attacker solves every sum of everything that is public of a year, in whatever order it came
out: months beside quarters and the year, zones beside industries and kinds of ownership.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pysdmx.io import read_sdmx

from hexi.portal.figures.acts.release import release
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, known_at
from hexi.portal.figures.queries.releases import draft_of, publication_of
from hexi.portal.figures.release.claims import Claim, sums_of
from hexi.portal.figures.release.confidential import Elsewhere, Linked, decide, linked_tables
from hexi.portal.figures.release.draft import asked_of
from hexi.portal.figures.space import PRACTICE
from hexi.statistics.disclosure import SCALE, Decision, Reason, disclosure_rule, sensitive_cells
from tests.portal.office import Office
from tests.statistics.disclosure.attack import Attacker

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MONTHS = [("zones-month", f"2015-{month:02}") for month in range(1, 13)]
YEAR = ("zones-yearbook", "2015")
TRADE = ("export", "import_value", "dz_trade")
SLACK = SCALE / 100
RULE = disclosure_rule("gansu", 201512)


@dataclass
class Desk:
    """All that is asked of some items, release by release, and what readers get of it."""

    items: Collection[str]
    trees: dict[str, Forest] = field(default_factory=dict)
    asked: dict[Claim, None] = field(default_factory=dict)
    public: Elsewhere = field(default_factory=Elsewhere)

    def release(self, name: str, period: str, *, linked: bool) -> None:
        """Beside everything that came out before it, or all alone."""
        more, every = asked_of(publication_of(PRACTICE, name), now(), period)
        self.trees |= more
        claims = [claim for claim in every if claim.item in self.items]
        before = self.public if linked else Elsewhere()
        sums = sums_of(claim.item for claim in (*claims, *before.cells))
        closed = decide(now(), self.trees, claims, sums, before, RULE).closed
        self.asked |= dict.fromkeys(claims)
        self.public |= Elsewhere(frozenset(claims) - set(closed), frozenset(closed))

    def broken(self) -> list[tuple[object, ...]]:
        """What linear programming over all of it narrows."""
        sums = sums_of(claim.item for claim in self.asked)
        tables = linked_tables(now(), self.trees, list(self.asked), sums, Elsewhere())
        assert any(sensitive_cells(linked.table, RULE).primary.any() for linked in tables)
        return [gone for linked in tables for gone in narrowed(linked, self.public.shown)]


def now() -> Known:
    known = known_at(PRACTICE)
    assert known is not None
    return known


def narrowed(linked: Linked, shown: frozenset[Claim]) -> list[tuple[object, ...]]:
    """Sensitive cells that a reader of what is shown narrows beyond their protection."""
    table, found = linked.table, sensitive_cells(linked.table, RULE)
    reason = np.where(table.published, np.int8(Reason.SECONDARY), np.int8(Reason.OPEN))
    for claim, place in linked.asked.items():
        if claim in shown:
            reason[place] = Reason.OPEN
    attacker = Attacker(table, Decision(table.axes, reason, table.published, RULE.describe()))
    gone: list[tuple[object, ...]] = []
    for place in map(tuple, np.argwhere(found.primary & (reason != Reason.OPEN))):
        low, high = attacker.bounds(place)
        aim = int(table.total[place])
        if low > aim - found.lower[place] + SLACK or high < aim + found.upper[place] - SLACK:
            gone.append((table.names(place), low / SCALE, aim / SCALE, high / SCALE))
    return gone


def broken(
    order: Iterable[tuple[str, str]], items: Collection[str], *, linked: bool = True
) -> list[tuple[object, ...]]:
    desk = Desk(items)
    for name, period in order:
        desk.release(name, period, linked=linked)
    return desk.broken()


@pytest.mark.parametrize(
    ("order", "items"),
    [
        ([YEAR, MONTHS[11], MONTHS[10]], ("output",)),
        pytest.param([MONTHS[11], YEAR], TRADE, marks=pytest.mark.slow),
        pytest.param([("zones-quarter", "2015-Q4"), YEAR], ("output",), marks=pytest.mark.slow),
        pytest.param([*MONTHS[:3], ("zones-quarter", "2015-Q1")], ("revenue",),
                     marks=pytest.mark.slow),
    ],
    ids=["months after their year", "year", "year and industries", "quarter of three months"],
)  # fmt: skip
def test_nothing_is_narrowed_by_all_that_is_public(
    order: list[tuple[str, str]], items: tuple[str, ...], figures: Office
) -> None:
    assert broken(order, items) == []


@pytest.mark.slow
def test_the_attack_gets_through_where_a_month_does_not_see_its_year(figures: Office) -> None:
    order = [YEAR, *MONTHS]
    assert broken(order, ("revenue",), linked=False)


def test_a_decision_is_made_once(figures: Office, practice_home: Path) -> None:
    """The release takes what its preview decided, also in another process of the portal."""
    draft_of(PRACTICE, publication_of(PRACTICE, "zones-quarter"), "2015-Q2")
    kept = set((practice_home / "decisions").iterdir())
    row = release(PRACTICE, "zones-quarter", "2015-Q2", by=figures.person("province"), at=AT)
    assert set((practice_home / "decisions").iterdir()) == kept
    stored = [pa.ipc.open_file(path.read_bytes()).read_all() for path in kept]
    decision = pa.ipc.open_file(bytes(row.decision)).read_all()
    assert any(one.equals(decision) for one in stored)


def test_classes_of_a_release_are_explored_and_exchanged(figures: Office) -> None:
    release(PRACTICE, "zones-quarter", "2015-Q4", by=figures.person("province"), at=AT)
    public = figures.client("")
    page = public.get(
        "/practice/?unit=industry&tree=industry&v=ytd&i=dz_output&p=2015-Q4"
    ).content.decode()
    assert "制造业" in page and "2015年全年" in page
    home = "/practice/data/zones-quarter/2015-Q4/v1/"
    released = public.get(home).content.decode()
    assert "行业" in released and "民营" in released and "2015年全年全省开发区" in released
    [dataset] = read_sdmx(public.get(f"{home}sdmx.csv").content.decode()).data or []
    assert {"ownership-private", "industry-C"} <= set(dataset.data["UNIT"])
    assert set(dataset.data["VIEW"]) == {"YTD", "YTD_GROWTH"}
