"""Wrong figures that other systems have printed, and that must never be printed here."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hexi.statistics.indicators import Definitions, Figures, Indicator
from hexi.statistics.language import parse
from tests.statistics.indicators.worlds import (
    ITEMS,
    OPEN,
    TREE,
    Fact,
    indicator,
    months,
    source,
)

MEMBERS = [(1, 20, 190001, OPEN), (2, 20, 190001, OPEN), (3, 21, 190001, OPEN)]
EDGES = [(20, 10, 190001, OPEN), (21, 10, 190001, OPEN)]


def fact(period: int, value: str, item: str = "out", reporter: int = 1) -> Fact:
    return Fact(period, reporter, item, Decimal(value))


def value(
    root: Path, facts: list[Fact], one: Indicator, unit: int, period: int, view: str = "period"
) -> tuple[float | None, int]:
    figures = Figures()
    table = figures.compute(
        Definitions(ITEMS, {one.id: one}), source(root, facts, MEMBERS, EDGES), tree=TREE,
        views=[view], units=[unit], periods=[period],  # type: ignore[list-item]
    )  # fmt: skip
    figures.close()
    rows = table.to_pylist()
    return (rows[0]["value"], rows[0]["n"]) if rows else (None, 0)


def steady(item: str = "out", amount: str = "10") -> list[Fact]:
    return [fact(p, amount, item) for p in months(202301, 24)]


def test_the_year_to_date_of_last_year_counts_each_month_once(tmp_path: Path) -> None:
    """DHIS2-13774: overlapping offsets under yearToDate were counted twice."""
    one = indicator("x", "ytd(out) + last_year(ytd(out))", "万元")
    assert value(tmp_path, steady(), one, 10, 202406) == (120.0, 1)


def test_an_offset_under_the_year_to_date_is_not_ignored(tmp_path: Path) -> None:
    """DHIS2 #8424: the offset was silently dropped."""
    facts = [fact(p, "10" if p < 202401 else "25") for p in months(202301, 24)]
    one = indicator("x", "ytd(out) - last_year(ytd(out))", "万元")
    assert value(tmp_path, facts, one, 10, 202403) == (45.0, 1)
    grown = indicator("x", "out", "万元", growth="nominal")
    assert value(tmp_path, facts, grown, 10, 202403, "ytd_growth") == (150.0, 1)


def test_growth_under_a_ratio_is_the_growth_of_the_ratio(tmp_path: Path) -> None:
    """Cube #9896: the rolling window was lost under the time shift of a ratio."""
    facts = steady("sal", "5")
    facts += [fact(p, "10" if p < 202401 else "15") for p in months(202301, 24)]
    one = indicator("x", "growth(ytd(out) / ytd(sal), basis: nominal)", "%")
    assert value(tmp_path, facts, one, 10, 202404) == (50.0, 1)
    again = indicator("x", "out / sal", "")
    assert value(tmp_path, facts, again, 10, 202404, "ytd_growth") == (50.0, 1)


def test_a_missing_month_last_year_gives_no_growth_and_not_that_of_another_month(
    tmp_path: Path,
) -> None:
    """A lag over rows takes the month before the gap; a join on the year does not."""
    facts = [f for f in steady() if f.period != 202305]
    one = indicator("x", "growth(out, basis: nominal)", "%")
    assert value(tmp_path, facts, one, 10, 202405) == (None, 0)
    assert value(tmp_path, facts, one, 10, 202406) == (0.0, 1)


def test_no_return_and_zero_never_merge(tmp_path: Path) -> None:
    facts = [fact(202401, "0"), fact(202401, "3", "sal"), fact(202402, "3", "sal")]
    out, ratio = indicator("x", "out", "万元"), indicator("x", "sal / out", "")
    assert value(tmp_path, facts, out, 20, 202401) == (0.0, 1)
    assert value(tmp_path, facts, out, 20, 202402) == (None, 0)
    # returned, but not to be computed: missing, with its reporter
    assert value(tmp_path, facts, ratio, 20, 202401) == (None, 1)
    assert value(tmp_path, facts, ratio, 20, 202402) == (None, 0)


def test_growth_from_a_loss_is_no_growth(tmp_path: Path) -> None:
    one = indicator("x", "growth(out, basis: nominal)", "%")
    for base in ("-5", "0"):
        facts = [fact(202301, base), fact(202401, "5")]
        assert value(tmp_path / base, facts, one, 20, 202401) == (None, 1)


def test_the_ratio_of_a_zone_is_the_ratio_of_sums_and_not_the_mean_of_ratios(
    tmp_path: Path,
) -> None:
    facts = [
        fact(202401, "90"), fact(202401, "10", "sal"),
        fact(202401, "10", reporter=3), fact(202401, "90", "sal", reporter=3),
    ]  # fmt: skip
    assert value(tmp_path, facts, indicator("x", "out / sal", ""), 10, 202401) == (1.0, 2)


def test_matched_growth_leaves_newcomers_out(tmp_path: Path) -> None:
    facts = [fact(202301, "100"), fact(202401, "110"), fact(202401, "500", reporter=2)]
    nominal = indicator("x", "growth(out, basis: nominal)", "%")
    matched = indicator("x", "growth(out, basis: matched)", "%")
    assert value(tmp_path, facts, nominal, 20, 202401) == (510.0, 1)
    assert value(tmp_path, facts, matched, 20, 202401) == (10.0, 1)


def test_a_stock_is_as_at_the_end_and_never_summed_to_date(tmp_path: Path) -> None:
    facts = [fact(p, str(100 + i), "land") for i, p in enumerate(months(202401, 3))]
    assert value(tmp_path, facts, indicator("x", "land", "亩"), 20, 202403, "ytd") == (102.0, 1)


def test_what_is_asked_once_a_year_holds_until_it_is_asked_again(tmp_path: Path) -> None:
    facts = [*steady(), fact(202312, "4", "land")]
    one = indicator("x", "out / latest(land, within: 6)", "万元/亩")
    assert value(tmp_path, facts, one, 20, 202405) == (2.5, 1)
    assert value(tmp_path, facts, one, 20, 202406) == (None, 0)


def test_an_indicator_has_no_figure_before_and_after_its_time(tmp_path: Path) -> None:
    one = Indicator(
        "x", "x", parse("out"), "out", "万元", valid_from=202402, valid_to=202404, growth="nominal"
    )
    found = [value(tmp_path / str(p), steady(), one, 20, p)[0] for p in months(202401, 4)]
    assert found == [None, 10.0, 10.0, None]


def test_an_item_that_nobody_returned_is_no_return(tmp_path: Path) -> None:
    one = indicator("x", "sal", "万元")
    assert value(tmp_path, steady(), one, 20, 202405) == (None, 0)
