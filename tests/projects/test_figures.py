"""Portfolio figures against a plain reckoning, project by project (项目库指标核对)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.projects.figures import Figures, Histories, Marks, figures, figures_by, standing
from hexi.projects.history import History

STAGES = ("reserve", "approved", "started", "completed", "production", "suspended", "ended")
STARTED = {"started", "completed", "production"}
COMPLETED = {"completed", "production"}
FIRST = date(2024, 1, 1)


@dataclass
class Plain:
    """One project as a person would write it down."""

    spells: list[tuple[date, str]] = field(default_factory=list)
    plans: dict[int, int] = field(default_factory=dict)
    progress: dict[int, int] = field(default_factory=dict)
    total: int | None = None
    merged: bool = False


def flags(wanted: set[str]) -> np.ndarray:
    return np.array([stage in wanted for stage in STAGES])


MARKS = Marks(flags(STARTED), flags(COMPLETED), flags({"production"}), flags({"ended"}))


def columns(projects: list[Plain]) -> tuple[Histories, np.ndarray, np.ndarray]:
    """The same projects as the engine takes them; rows come in no order of projects."""
    spells = [(n, day.toordinal(), STAGES.index(stage))
              for n, one in enumerate(projects) for day, stage in one.spells]  # fmt: skip
    plans = [(n, *row) for n, one in enumerate(projects) for row in one.plans.items()]
    months = [(n, *row) for n, one in enumerate(projects) for row in one.progress.items()]
    total = np.array([-1 if one.total is None else one.total for one in projects], dtype=np.int64)
    made = [history(len(projects), rows) for rows in (spells, plans[::-1], months[::-1])]
    return Histories(*made), total, np.array([one.merged for one in projects], dtype=np.bool_)


def history(size: int, rows: list[tuple[int, int, int]]) -> History:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return History.of(size, table[:, 0], table[:, 1], table[:, 2])


def plain_figures(projects: list[Plain], day: date) -> Figures:
    """The definitions, said once more in plain words of Python."""
    month, year = day.year * 100 + day.month, day.year
    found = dict.fromkeys(Figures.__dataclass_fields__, 0)
    for one in projects:
        known = [stage for since, stage in one.spells if since <= day]
        if not known or one.merged or known[-1] == "ended":
            continue
        found["number"] += 1
        found["started"] += any(stage in STARTED for stage in known)
        found["completed"] += any(stage in COMPLETED for stage in known)
        found["producing"] += "production" in known
        found["total"] += one.total or 0
        found["without_total"] += one.total is None
        found["planned"] += one.plans.get(year, 0)
        found["with_plan"] += year in one.plans
        found["invested"] += sum(v for at, v in one.progress.items() if at <= month)
        found["invested_year"] += sum(
            v for at, v in one.progress.items() if year * 100 < at <= month
        )
    return Figures(**found)


money = st.integers(0, 9_000_000_000_000_000 // 8)
days = st.integers(0, 1000).map(lambda n: FIRST + timedelta(days=n))
months = st.builds(
    lambda year, month: year * 100 + month, st.integers(2024, 2026), st.integers(1, 12)
)
plain = st.builds(
    Plain,
    spells=st.lists(st.tuples(days, st.sampled_from(STAGES)), max_size=5).map(
        lambda rows: sorted(rows, key=lambda row: row[0])
    ),
    plans=st.dictionaries(st.integers(2024, 2026), money, max_size=3),
    progress=st.dictionaries(months, money, max_size=6),
    total=st.none() | money,
    merged=st.booleans(),
)


@given(st.lists(plain, max_size=8), days)
def test_figures_are_those_of_a_plain_reckoning(projects: list[Plain], day: date) -> None:
    histories, total, merged = columns(projects)
    at = standing(histories, total, merged, MARKS, day)
    assert figures(at, np.ones(len(projects), dtype=np.bool_)) == plain_figures(projects, day)


@given(st.lists(plain, min_size=1, max_size=8), days, st.integers(1, 4), st.randoms())
def test_groups_are_the_figures_of_their_projects(
    projects: list[Plain], day: date, count: int, random: object
) -> None:
    """Also where a project belongs to several groups, or to none."""
    pairs = [(n, group) for n in range(len(projects)) for group in range(count)
             if random.random() < 0.5]  # type: ignore[attr-defined]  # fmt: skip
    histories, total, merged = columns(projects)
    at = standing(histories, total, merged, MARKS, day)
    rows = np.array([n for n, _ in pairs], dtype=np.int64)
    groups = np.array([group for _, group in pairs], dtype=np.int64)
    found = figures_by(at, rows, groups, count)
    wanted = [plain_figures([projects[n] for n, g in pairs if g == group], day)
              for group in range(count)]  # fmt: skip
    assert found == wanted


@given(st.lists(plain, min_size=1, max_size=6), st.lists(plain, max_size=3), days, st.data())
def test_projects_that_changed_or_came_are_as_if_read_afresh(
    before: list[Plain], new: list[Plain], day: date, data: st.DataObject
) -> None:
    changed = data.draw(st.sets(st.integers(0, len(before) - 1)))
    after = [data.draw(plain) if n in changed else one for n, one in enumerate(before)] + new
    touched = [*sorted(changed), *range(len(before), len(after))]
    only = [one if n in touched else Plain() for n, one in enumerate(after)]
    old, _, _ = columns(before)
    fresh, _, _ = columns(after)
    rows, _, _ = columns(only)
    at = np.array(touched, dtype=np.int64)
    patched = Histories(
        old.stages.replaced(len(after), at, rows.stages),
        old.plans.replaced(len(after), at, rows.plans),
        old.progress.replaced(len(after), at, rows.progress),
    )
    for one, other in zip(
        (patched.stages, patched.plans, patched.progress),
        (fresh.stages, fresh.plans, fresh.progress),
        strict=True,
    ):
        assert one.size == other.size
        assert one.keys.tolist() == other.keys.tolist()
        assert one.values.tolist() == other.values.tolist()


def test_sums_beyond_floats_are_exact() -> None:
    odd = 2**53 + 1
    projects = [Plain([(FIRST, "reserve")], total=odd), Plain([(FIRST, "reserve")], total=2)]
    histories, total, merged = columns(projects)
    at = standing(histories, total, merged, MARKS, FIRST)
    assert figures(at, np.array([True, True])).total == odd + 2


def test_a_project_counts_from_its_day_on_and_its_past_stays_what_it_was() -> None:
    """Started, suspended, ended: each day of the past keeps its own figures."""
    spells = [(date(2025, 1, 10), "approved"), (date(2025, 3, 1), "started"),
              (date(2025, 9, 1), "suspended"), (date(2026, 2, 1), "ended")]  # fmt: skip
    histories, total, merged = columns([Plain(spells, total=100)])

    def on(day: date) -> tuple[int, int]:
        found = figures(standing(histories, total, merged, MARKS, day), np.array([True]))
        return found.number, found.started

    assert on(date(2025, 1, 9)) == (0, 0)
    assert on(date(2025, 2, 28)) == (1, 0)
    assert on(date(2025, 3, 1)) == (1, 1)
    assert on(date(2025, 12, 31)) == (1, 1), "a suspended project had started"
    assert on(date(2026, 2, 1)) == (0, 0), "an ended one counts no more"


def test_rates_are_of_the_two_figures_beside_them() -> None:
    """204 central-local projects of which 157 started, as a document of 2024 prints them."""
    found = Figures(
        number=204, started=157, completed=41, producing=41, total=592_734_000_000,
        without_total=0, planned=0, with_plan=0, invested=144_391_000_000, invested_year=0,
    )  # fmt: skip
    assert found.start_rate == Fraction(157, 204)
    assert round(float(found.start_rate) * 100, 2) == 76.96
    assert round(float(found.progress or 0) * 100, 2) == 24.36
    assert found.progress_year is None, "no plan of the year, no rate"


@pytest.mark.parametrize("time", [-1, 1 << 22])
def test_a_time_out_of_bounds_is_refused(time: int) -> None:
    with pytest.raises(ValueError, match="times"):
        history(1, [(0, time, 1)])


def test_a_row_of_no_project_is_refused() -> None:
    with pytest.raises(ValueError, match="no project"):
        history(1, [(1, 5, 1)])
