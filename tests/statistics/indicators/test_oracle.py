"""Every combination against the oracle: window x basis x form x level, on the tree as it was and
on the boundaries of one month, with gaps, zeros, movers and a merger of zones."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hexi.statistics.indicators import Definitions, Figures, Indicator
from tests.statistics.indicators.oracle import Figure, Oracle, back, divided, grown, printed
from tests.statistics.indicators.worlds import (
    ITEMS,
    LISTS,
    PERIODS,
    PROVINCE,
    TREE,
    indicator,
    random_facts,
    source,
)

WINDOWS, BASES = ("period", "ytd"), ("nominal", "restated", "matched", "comparable")
DECIMALS = 4

#: figure of a world: measure, window, unit, period
Form = Callable[[Oracle, str, str, int, int], Figure]


def of(item: str) -> Form:
    return lambda o, m, w, u, p: o.amount(item, m, w, u, p)


def ratio(one: str, two: str, factor: Fraction = Fraction(1)) -> Form:
    def figure(o: Oracle, m: str, w: str, u: int, p: int) -> Figure:
        found = divided(o.amount(one, m, w, u, p), o.amount(two, m, w, u, p))
        return None if found is None else found * factor

    return figure


def both(one: str, two: str, factor: Fraction = Fraction(1)) -> Form:
    def figure(o: Oracle, m: str, w: str, u: int, p: int) -> Figure:
        first, second = o.amount(one, m, w, u, p), o.amount(two, m, w, u, p)
        return None if first is None or second is None else first + second * factor

    return figure


def share(item: str, *, root: bool = False) -> Form:
    def figure(o: Oracle, m: str, w: str, u: int, p: int) -> Figure:
        # the whole is the one above the unit in the month that is asked about
        above = o.above(u, p) or ([u] if root else [])
        if not above:
            return None
        return divided(o.amount(item, m, w, u, p), o.amount(item, m, w, above[-root], p))

    return figure


#: expression, unit of measure, the same by hand, whether it has comparable bases
FORMS: dict[str, tuple[str, str, Form, bool]] = {
    "sum": ("out", "万元", of("out"), True),
    "sums": ("out + sal", "万元", both("out", "sal"), True),
    "units": ("out + big", "万元", both("out", "big", Fraction(10_000)), True),
    "ratio": ("out / sal", "", ratio("out", "sal"), True),
    "per_land": ("out / land", "元/平方米", ratio("out", "land", Fraction(15)), True),
    "per_head": ("sal / emp", "万元/人", ratio("sal", "emp"), True),
    "of_average": ("out / mean", "万元/人", ratio("out", "mean"), True),
    "stock": ("emp", "人", of("emp"), True),
    "mean": ("mean", "人", of("mean"), True),
    "price": ("price", "元", of("price"), False),
    "rows": ("part", "万元", of("part:*"), True),
    "rows_list": ("rows(part, of: some)", "万元", of("part:some"), True),
    "rows_class": ("rows(part, of: 3)", "万元", of("part:3"), True),
    "rows_share": ("rows(part, of: some) / part", "", ratio("part:some", "part:*"), True),
    "share": ("share(out)", "", share("out"), False),
    "share_root": ("share(out, of: root)", "", share("out", root=True), False),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list]:
    return tmp_path_factory.mktemp("facts"), random_facts(3)


def definitions() -> Definitions:
    made: dict[str, Indicator] = {}
    for name, (text, unit, _form, comparable) in FORMS.items():
        made[name] = indicator(name, text, unit, DECIMALS)
        for basis in BASES:
            if comparable or basis == "nominal":
                for window in WINDOWS:
                    if window == "ytd" and name in ("stock", "mean"):
                        continue
                    inner = f"ytd({text})" if window == "ytd" else text
                    if "share" in name:
                        inner = inner.replace("ytd(share(out", "(share(ytd(out)")
                    growth = f'growth({inner}, basis: "{basis}")'
                    key = f"{name}_{window}_{basis}"
                    made[key] = indicator(key, growth, "%", DECIMALS)
    return Definitions(ITEMS, made, LISTS)


def answers(world: tuple[Path, list], boundaries: int | None, defined: Definitions) -> dict:
    figures = Figures()
    table = figures.compute(
        defined, source(world[0], world[1]), tree=TREE, views=("period", "ytd"),
        boundaries=boundaries,
    )  # fmt: skip
    figures.close()
    found = {}
    for row in table.to_pylist():
        key = row["unit"], row["period"], row["indicator"], row["view"]
        assert key not in found
        found[key] = row["value"], row["n"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("boundaries", [None, 202301, 202312, 202406])
def test_every_combination_agrees_with_the_oracle(
    world: tuple[Path, list], boundaries: int | None
) -> None:
    defined = definitions()
    found = answers(world, boundaries, defined)
    oracle = Oracle(world[1], boundaries)
    assert {(u, p) for u, p, _i, _v in found} >= set(oracle.cells)
    wrong, compared = [], 0
    for unit, period in oracle.cells:
        for name, (_text, _unit, form, comparable) in FORMS.items():
            for window in WINDOWS:

                def figure(measure: str, u: int, p: int, w: str = window, f: Form = form) -> Figure:
                    return f(oracle, measure, w, u, p)

                expected = {(name, window): figure("total", unit, period)}
                for basis in BASES if comparable else ("nominal",):
                    key = f"{name}_{window}_{basis}"
                    if key not in defined.indicators:
                        continue
                    growth = grown(*oracle.sides(figure, basis, unit, period))
                    expected[key, "period"] = None if growth is None else growth * 100
                for (key, view), value in expected.items():
                    if (unit, period, key, view) not in found:
                        continue
                    compared += 1
                    wanted = None if value is None else printed(value, DECIMALS)
                    if found[unit, period, key, view][0] != wanted:
                        answer = found[unit, period, key, view]
                        wrong.append((unit, period, key, view, answer, wanted))
    assert compared > 10_000
    assert not wrong, f"{len(wrong)} of {compared}: {wrong[:5]}"


def test_comparable_prices_are_there_and_unknown_where_an_index_is_missing(
    world: tuple[Path, list],
) -> None:
    oracle, found = Oracle(world[1]), answers(world, None, definitions())
    known = missing = 0
    for unit, period in oracle.cells:
        real = found[unit, period, "sum_period_comparable", "period"][0]
        nominal = found[unit, period, "sum_period_nominal", "period"][0]
        assert real is None or nominal is not None
        if nominal is not None and real is None:
            assert oracle.price(unit, period) is None
            missing += 1
        known += real is not None
        # persons have no prices
        stock = [
            found[unit, period, f"stock_period_{b}", "period"] for b in ("comparable", "nominal")
        ]
        assert stock[0] == stock[1]
    assert known > 30
    assert missing > 5


def test_units_that_had_no_return_have_no_figure(world: tuple[Path, list]) -> None:
    found = answers(world, None, definitions())
    there = set(Oracle(world[1]).cells)
    for (unit, period, _name, _view), (value, n) in found.items():
        if (unit, period) not in there:
            assert (value, n) == (None, 0)


def test_the_number_of_reporters_stands_beside_each_sum(world: tuple[Path, list]) -> None:
    oracle, found = Oracle(world[1]), answers(world, None, definitions())
    for unit, period in oracle.cells:
        sums = oracle.at(unit, period, "out")
        assert found[unit, period, "sum", "period"][1] == sums.n
        sides = found[unit, period, "sum_period_matched", "period"]
        assert sides[1] == sums.matched_n
        both = found[unit, period, "ratio", "period"]
        assert both[1] == min(sums.n, oracle.at(unit, period, "sal").n)


def test_what_is_reported_to_date_and_extremes(world: tuple[Path, list]) -> None:
    defined = Definitions(
        ITEMS,
        {
            i.id: i
            for i in (
                indicator("cum", "cum", "万元"),
                indicator("cum_sal", "cum / sal", ""),
                indicator("grown", "growth(cum, basis: restated)", "%"),
                indicator("matched", "growth(ytd(cum), basis: matched)", "%"),
                indicator("top", "top", "万元"),
                indicator("opening", "emp - opening(emp)", "人"),
                indicator("average", "sal / average(emp)", "万元/人"),
                indicator("before", "prev(out)", "万元"),
                indicator("some", "total(out, sal)", "万元"),
                indicator("cum_rows", "rows(cumpart, of: some)", "万元"),
                indicator("cum_all", "cumpart / sal", ""),
            )
        },
        LISTS,
    )
    found, oracle = answers(world, None, defined), Oracle(world[1])

    def check(unit: int, period: int, name: str, view: str, value: Figure) -> None:
        wanted = None if value is None else printed(value, DECIMALS)
        assert found[unit, period, name, view][0] == wanted, (unit, period, name, view)

    def less(one: Figure, two: Figure) -> Figure:
        return None if one is None or two is None else one - two

    for unit, period in oracle.cells:
        for view in WINDOWS:
            cum = oracle.amount("cum", "total", view, unit, period)
            sal = oracle.amount("sal", "total", view, unit, period)
            check(unit, period, "cum", view, cum)
            check(unit, period, "cum_sal", view, divided(cum, sal))
            some_rows = oracle.amount("cumpart:some", "total", view, unit, period)
            check(unit, period, "cum_rows", view, some_rows)
            every_row = oracle.amount("cumpart:*", "total", view, unit, period)
            check(unit, period, "cum_all", view, divided(every_row, sal))
            start = back(period, period % 100 if view == "ytd" else 1)
            emp, opened = oracle.at(unit, period, "emp").total, oracle.at(unit, start, "emp").total
            check(unit, period, "opening", view, less(emp, opened))
            mean = None if emp is None or opened is None else (emp + opened) / 2
            check(unit, period, "average", view, divided(sal, mean))
            check(
                unit,
                period,
                "before",
                view,
                oracle.amount("out", "total", view, unit, back(period, 1)),
            )
            out = oracle.amount("out", "total", view, unit, period)
            some = None if out is None and sal is None else (out or 0) + (sal or 0)
            check(unit, period, "some", view, None if some is None else Fraction(some))
        sums = oracle.at(unit, period, "cum'")
        restated = grown(sums.stated_now, sums.stated_then)
        check(unit, period, "grown", "period", None if restated is None else restated * 100)
        date = oracle.at(unit, period, "cum")
        matched = grown(date.matched_now, date.matched_then)
        check(unit, period, "matched", "period", None if matched is None else matched * 100)
        check(unit, period, "top", "period", oracle.at(unit, period, "top").high)


def test_shares_contributions_and_ranks_add_up(world: tuple[Path, list]) -> None:
    made = (
        indicator("out", "out", "万元"),
        indicator("share", "share(out)", "%", 6),
        indicator("pull", 'contribution(out, of: root, basis: "matched")', "%", 6),
        indicator("grown", 'growth(out, basis: "matched")', "%", 6),
        indicator("place", "rank(out, among: level)", "位", 0),
        indicator("rising", "rank(out / land, order: up)", "位", 0),
    )
    found = answers(world, None, Definitions(ITEMS, {i.id: i for i in made}))
    oracle = Oracle(world[1])
    for period in PERIODS:
        parks = [u for u in (20, 21, 22, 23) if oracle.at(u, period, "out").n]
        order = sorted((oracle.at(u, period, "out").total for u in parks), reverse=True)
        for park in parks:
            total = oracle.at(park, period, "out").total
            assert found[park, period, "place", "period"][0] == order.index(total) + 1
        top = found.get((PROVINCE, period, "grown", "period"), (None, 0))[0]
        zones = [u for u in (10, 11, 12) if PROVINCE in oracle.above(u, period)]
        pulls = [
            found[z, period, "pull", "period"][0] for z in zones if (z, period) in oracle.cells
        ]
        if top is not None and None not in pulls:
            assert sum(pulls) == pytest.approx(top, abs=1e-5)
