"""Rules over a warehouse: a whole form and period at once, past periods, units below, peers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from hexi.statistics.checking import (
    check_period,
    drafted_rules,
    fences_sql,
    load_rules,
    try_out,
)
from hexi.statistics.checking.facts_table import return_table
from hexi.statistics.checking.warehouse_facts import facts_of
from hexi.statistics.forms import load_forms
from hexi.warehouse import Change, Engine, Registry, Warehouse
from tests.statistics.checking.cases import WORDS_OF_A_RULE

FORMS = load_forms("gansu")
NUMBERS = {form: n for n, form in enumerate(FORMS.ids, 1)}
ITEMS = {item.code: n for n, item in enumerate(FORMS.items(), 1)}
#: reporters: a zone, its two parks, three enterprises in them
CODES = {1: "zone", 2: "park-a", 3: "park-b", 11: "e1", 12: "e2", 13: "e3"}


def register() -> Registry:
    tree = {"tree": "jurisdiction"}
    return Registry.of(
        {
            "form": [
                {"id": n, "code": code, "frequency": FORMS.latest(code).frequency}
                for code, n in NUMBERS.items()
            ],
            "item": [{"id": n, "code": code} for code, n in ITEMS.items()],
            "facet": [{"id": 840, "code": "840"}],
            "reporter": [{"id": n, "code": code} for n, code in CODES.items()],
            "unit": [{"id": 100 + n, "code": CODES[n]} for n in (1, 2, 3)],
            "edge": [{"unit": 102, "parent": 101, **tree}, {"unit": 103, "parent": 101, **tree}],
            "membership": [
                {"reporter": 11, "unit": 102, **tree},
                {"reporter": 12, "unit": 102, "until": 202503, **tree},
                {"reporter": 12, "unit": 103, "since": 202503, **tree},
                {"reporter": 13, "unit": 103, **tree},
            ],
        }
    )


def change(form: str, period: int, *rows: tuple[int, str, str]) -> Change:
    columns = {
        "reporter": pa.array([row[0] for row in rows], pa.int32()),
        "item": pa.array([ITEMS[row[1]] for row in rows], pa.int16()),
        "value": pa.array([Decimal(row[2]) for row in rows], pa.decimal128(18, 4)),
    }
    return Change(NUMBERS[form], period, pa.table(columns))


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    built = Warehouse.open(tmp_path / "w", create=True)
    built.publish_all(
        [
            change("enterprise-month", 202502, (11, "output", "200"), (12, "output", "500")),
            change(
                "enterprise-month",
                202503,
                *((11, "output", "900"), (11, "sales_value", "900"), (11, "employees", "7")),
                *((12, "output", "500"), (12, "sales_value", "9"), (12, "employees", "9")),
                *((13, "employees", "20"), (13, "tax", "5"), (13, "tax_vat", "4")),
            ),
            change(
                "zone-quarter",
                202503,
                *((1, "zone_output_above", "100"), (1, "zone_employees", "50")),
                *((2, "zone_output_above", "60"), (2, "zone_employees", "16")),
                *((3, "zone_output_above", "30"), (3, "zone_employees", "20")),
            ),
        ],
        registry=register(),
        actor="统计科",
        reason="月报",
        at=datetime(2025, 4, 12, tzinfo=UTC),
    )
    return built


def test_a_month_is_checked_at_once(house: Warehouse, engine: Engine) -> None:
    form = FORMS.at("enterprise-month", 202503)
    rules = load_rules("gansu").rules(form.id, form.version, 202503)
    given = facts_of(engine, house, rules, form, 202503)
    assert check_period(engine, rules, form, 202503, given) == {
        (11, 0): ["EM-09/1"],
        (12, 0): ["EM-06/1"],
        (13, 0): ["EM-04/1"],
    }


def test_a_revision_is_checked_as_it_was_known(house: Warehouse, engine: Engine) -> None:
    first = house.snapshots()[-1].id
    revision = change("enterprise-month", 202503, (12, "output", "500"), (12, "sales_value", "490"))
    house.publish_all(
        [revision], actor="统计科", reason="更正", at=datetime(2025, 5, 1, tzinfo=UTC)
    )
    form = FORMS.at("enterprise-month", 202503)
    rules = load_rules("gansu").rules(form.id, form.version, 202503)
    for as_of, fails in ((first, True), (None, False)):
        given = facts_of(engine, house, rules, form, 202503, as_of=as_of)
        assert ((12, 0) in check_period(engine, rules, form, 202503, given)) is fails


def test_a_zone_is_held_against_its_parks_and_their_enterprises(
    house: Warehouse, engine: Engine
) -> None:
    written = WORDS_OF_A_RULE | {
        "form": "zone-quarter",
        "kind": "children",
        "check": 'zone_employees = children("enterprise-month", employees)',
    }
    below, faults = drafted_rules(written, FORMS)
    assert not faults
    form = FORMS.at("zone-quarter", 202503)
    rules = [load_rules("gansu").rule(form.id, form.version, "ZQ-04"), *below]
    given = facts_of(engine, house, rules, form, 202503)
    found = check_period(engine, rules, form, 202503, given)
    # zone: 100 against 60 + 30 in its parks; 50 against 36 employees in all enterprises below.
    # Enterprise 12 moved from park-a to park-b in March, so park-a has 7 and park-b 29.
    assert found == {
        (1, 0): ["ZQ-04/1", "T-1/1"],
        (2, 0): ["T-1/1"],
        (3, 0): ["T-1/1"],
    }
    table = return_table([s for r in rules for s in r.tested], form, 202503, given)
    column = table.columns['children("enterprise-month", employees)'].sql
    sums = engine.fetch(f"SELECT reporter, {column} AS total FROM {table.sql} ORDER BY reporter")
    assert sums.to_pydict() == {"reporter": [1, 2, 3], "total": [36, 7, 29]}


def test_a_rule_is_tried_on_past_returns_before_it_takes_effect(
    house: Warehouse, engine: Engine
) -> None:
    written = WORDS_OF_A_RULE | {
        "form": "enterprise-month",
        "versions": ["2024"],
        "kind": "range",
        "check": "output <= 600",
        "since": "2026-01",
    }
    rules, faults = drafted_rules(written, FORMS)
    cover, _ = drafted_rules(written | {"check": 'cover.head != "x"', "id": "T-2"}, FORMS)
    assert not faults
    form = FORMS.at("enterprise-month", 202503)
    outcomes = []
    for period in (202502, 202503):
        given = facts_of(engine, house, [*rules, *cover], form, period)
        outcomes += try_out(engine, [*rules, *cover], form, [period], given)
    assert [(o.rule, o.period, o.held, o.failed, o.unknown, o.tried) for o in outcomes] == [
        ("T-1/1", 202502, 2, 0, 0, True),
        ("T-2/1", 202502, 0, 0, 0, False),
        ("T-1/1", 202503, 1, 1, 1, True),
        ("T-2/1", 202503, 0, 0, 0, False),
    ]


def fences(
    engine: Engine, values: list[float], earlier: Sequence[float] = ()
) -> list[tuple[Decimal, Decimal]]:
    """The fence of output among enterprises of one industry and size, for 202503."""
    months = [202503] * len(values) + [202502] * len(earlier)
    figures = pa.table(
        {
            "item": pa.array([1] * len(months), pa.int16()),
            "peers": ["C26/large"] * len(months),
            "period": pa.array(months, pa.int32()),
            "value": pa.array([Decimal(str(v)) for v in (*values, *earlier)], pa.decimal128(18, 4)),
        }
    )
    engine.register("figures_of_peers", figures)
    found = engine.fetch(fences_sql([(1, "6")], "figures_of_peers", engine.dialect, fewest=10))
    return [(row["low"], row["high"]) for row in found.to_pylist()]


USUAL = [80.0, 90, 95, 100, 100, 105, 110, 120, 130, 70, 150, 60]


def test_one_giant_and_many_zeros_do_not_move_the_fence(engine: Engine) -> None:
    ((low, high),) = fences(engine, USUAL)
    ((low_beside, high_beside),) = fences(engine, [*USUAL, 5_000_000, 0, 0, 0, 0, 0])
    assert low < 60 < 150 < high
    assert abs(high_beside / high - 1) < Decimal("0.5")
    assert abs(low_beside / low - 1) < Decimal("0.5")


def test_alike_peers_do_not_make_a_slip_of_a_per_cent_far(engine: Engine) -> None:
    ((low, high),) = fences(engine, [100.0] * 12)
    assert low < 60
    assert high > 170


def test_few_peers_have_no_fence_and_the_last_period_steps_in(engine: Engine) -> None:
    assert fences(engine, [100.0] * 9) == []
    assert fences(engine, [100.0] * 9, USUAL) == fences(engine, USUAL)
    assert fences(engine, USUAL, [7_000.0] * 20) == fences(engine, USUAL)


def test_a_fence_says_no_peers_figure(engine: Engine) -> None:
    """Two digits: the median, which is one peer's own figure, may move and nobody sees it."""
    odd = [81.2, 83.1, 90.4, 97.6, 103.3, 105.9, 111.1, 118.7, 127.0, 131.9, 140.0]
    for size in (1, 10**9):
        values = [round(value * size, 4) for value in odd]
        ((low, high),) = fences(engine, values)
        assert all(len(bound.normalize().as_tuple().digits) <= 2 for bound in (low, high))
        moved = [*values[:5], round(values[5] * 1.001, 4), *values[6:]]
        assert fences(engine, moved) == [(low, high)]
