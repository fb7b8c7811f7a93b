"""Practice data (演练数据): add up to what is published, and never mix with real ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hexi.catalogue import load_pack
from hexi.portal.returns.registers.credit_code import is_code
from hexi.statistics.practice import (
    Made,
    PracticeError,
    Wanted,
    find_anchors,
    is_practice,
    is_practice_code,
    make_practice,
    refuse_mixture,
)
from hexi.warehouse import Registry, Warehouse, WarehouseError
from hexi.warehouse.loading import load_files

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
WANTED = Wanted(120_000, seed=7)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    root = tmp_path_factory.mktemp("space") / "practice-2015"
    return root, make_practice(root, WANTED, AT)


@pytest.fixture(scope="module")
def house(made: tuple[Path, Made]) -> Warehouse:
    return Warehouse.open(made[0])


def sums_by_zone(house: Warehouse, form: str, item: str) -> dict[str, Decimal]:
    """Sum of an item in the base year by zone, of the newest vintage."""
    registry = house.registry()
    facts = house.facts([registry.forms[form]], items=[registry.items[item]])
    connection = duckdb.connect()
    for name in ("membership", "edge", "unit"):
        connection.register(name, getattr(registry, name))
    connection.register("facts", facts)
    rows = connection.execute(
        """select coalesce(z.code, u.code), sum(value) from facts
        join membership m on m.reporter = facts.reporter and m.tree = 'zone'
        join unit u on u.id = m.unit
        left join edge e on e.unit = u.id and e.tree = 'zone' and u.kind = 'park'
        left join unit z on z.id = e.parent group by 1"""
    ).fetchall()
    return dict(rows)


@pytest.mark.parametrize(
    ("form", "item", "indicator"),
    [
        ("enterprise-month", "revenue", "sales"),
        ("enterprise-year", "annual_value_added", "va_ind"),
        ("enterprise-year", "investment", "fai"),
        ("zone-quarter", "zone_fiscal", "fiscal_rev"),
        ("zone-quarter", "zone_sales", "sales"),
        ("zone-year", "zone_gdp", "gdp"),
        ("zone-year", "zone_annual_investment", "fai"),
    ],
)
def test_enterprises_add_up_to_the_published_figures_to_the_cent(
    house: Warehouse, form: str, item: str, indicator: str
) -> None:
    anchors = find_anchors(load_pack())
    wanted = {
        row.zone: Decimal(row.amount) / 100 for row in anchors.rows if row.indicator == indicator
    }
    assert sums_by_zone(house, form, item) == wanted
    assert sum(wanted.values()) == Decimal(anchors.totals[indicator]) / 100


def test_published_figures_are_told_from_assumed_ones() -> None:
    anchors = find_anchors(load_pack())
    published = {(row.zone, row.indicator): row.amount for row in anchors.rows if row.published}
    assert published[("lz-etdz", "va_ind")] == 97_1700_00
    assert published[("lz-etdz", "gdp")] == 225_9800_00
    assert anchors.totals["sales"] == 6026 * 10_000 * 100
    assert len(anchors.zones) == 35


def test_two_zones_sell_for_a_hundred_billion_and_twelve_for_ten() -> None:
    sales = find_anchors(load_pack()).amounts("sales")
    assert sum(amount > 1000 * 10_000 * 100 for amount in sales) == 2
    assert sum(amount > 100 * 10_000 * 100 for amount in sales) == 12


def test_the_warehouse_is_whole_and_has_its_vintages(
    made: tuple[Path, Made], house: Warehouse
) -> None:
    assert house.verify() == []
    assert [s.reason.partition("：")[0] for s in house.snapshots()] == [
        "演练名录",
        *["演练数据"] * 2,
    ]
    first, last = house.facts(as_of=2).num_rows, house.facts().num_rows
    assert first < last == made[1].facts
    assert 0.8 < last / WANTED.facts < 1.2


def test_every_planted_error_is_in_the_key_and_put_right_later(
    made: tuple[Path, Made], house: Warehouse
) -> None:
    key = pq.read_table(made[0] / "practice-answers.parquet")
    assert key.num_rows == made[1].errors > 0
    for moment, side in ((2, "wrong"), (3, "right")):
        connection = duckdb.connect()
        connection.register("key", key)
        connection.register("facts", house.facts(as_of=moment))
        rows = connection.execute(
            f"""select count(*), count(*) filter (where round(value * 100) = key."{side}")
            from key join facts using (form, period, reporter, item)"""
        ).fetchall()
        assert rows == [(key.num_rows, key.num_rows)]


def test_the_same_seed_makes_the_same_data(tmp_path: Path, made: tuple[Path, Made]) -> None:
    root = tmp_path / "again-practice"
    assert make_practice(root, WANTED, AT) == made[1]
    marks = [
        [(s.form, s.period, s.begin, s.rows, s.sha256) for s in Warehouse.open(r).segments()]
        for r in (root, made[0])
    ]
    assert marks[0] == marks[1]
    other = make_practice(tmp_path / "other-practice", Wanted(120_000, seed=8), AT)
    assert other != made[1]


def test_identities_of_the_form_hold_in_the_last_vintage(house: Warehouse) -> None:
    registry = house.registry()
    facts = house.facts([registry.forms["enterprise-month"]])
    connection = duckdb.connect()
    connection.register("facts", facts)
    connection.register("item", registry.item)
    row = connection.execute(
        """with wide as (pivot (select reporter, period, code, value from facts
            join item on item.id = facts.item) on code using sum(value) group by reporter, period)
        select count(*) filter (where tax <> tax_vat + tax_income + tax_other),
            count(*) filter (where revenue_main > revenue), count(*) from wide"""
    ).fetchone()
    assert row is not None and row[:2] == (0, 0) and row[2] > 1000


def test_practice_data_is_marked_in_every_table_and_file(
    made: tuple[Path, Made], house: Warehouse
) -> None:
    root = made[0]
    about = json.loads((root / "PRACTICE-演练数据.json").read_text(encoding="utf-8"))
    assert about["synthetic"] == "true" and about["seed"] == 7
    for segment in house.segments():
        assert "practice" in segment.path
        assert pq.read_schema(root / segment.path).metadata[b"synthetic"] == b"true"
    registry = house.registry()
    assert all("演练" in name for name in registry.reporter["name"].to_pylist())
    codes = registry.reporter["code"].to_pylist()
    enterprises = [code for code in codes if is_practice_code(code)]
    assert len(enterprises) == made[1].enterprises
    assert all(is_code(code) for code in enterprises)


def test_practice_goes_only_into_a_folder_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="named practice"):
        make_practice(tmp_path / "warehouse", WANTED, AT)
    full = tmp_path / "practice"
    full.mkdir()
    (full / "report.csv").write_text("x", encoding="utf-8")
    with pytest.raises(PracticeError, match="not empty"):
        make_practice(full, WANTED, AT)


def real_registry() -> Registry:
    return Registry.of(
        {
            "form": [{"id": 1, "code": "enterprise-month", "frequency": "month"}],
            "item": [{"id": 1, "code": "output", "name": "工业总产值"}],
            "reporter": [{"id": 1, "code": "91620100MA7XXXXX1A", "name": "某公司"}],
        }
    )


def test_neither_side_takes_up_the_register_of_the_other(
    tmp_path: Path, made: tuple[Path, Made], house: Warehouse
) -> None:
    assert is_practice(made[0]) and not is_practice(tmp_path)
    refuse_mixture(made[0], house.registry())
    refuse_mixture(tmp_path, real_registry())
    with pytest.raises(PracticeError, match="no real reporter"):
        refuse_mixture(made[0], real_registry())
    with pytest.raises(PracticeError, match="no practice reporter"):
        refuse_mixture(tmp_path, house.registry())


def test_a_file_of_one_side_is_not_loaded_into_the_other(
    tmp_path: Path, house: Warehouse, made: tuple[Path, Made]
) -> None:
    real = Warehouse.open(tmp_path / "real", create=True)
    real.publish_registry(real_registry(), actor="a", reason="r", at=AT)
    code = house.registry().reporter["code"].to_pylist()[0]

    def load(into: Warehouse, reporter: str) -> bool:
        text = f"统一社会信用代码,工业总产值\n{reporter},5\n"
        report = load_files(
            into,
            [("return.csv", text.encode())],
            form="enterprise-month",
            period="2015-03",
            actor="a",
            reason="r",
            at=AT,
        )
        return report.files[0].loaded

    assert load(real, "91620100MA7XXXXX1A")
    assert not load(real, code)
    assert not load(house, "91620100MA7XXXXX1A")
    table = pa.table({"reporter": [10**6], "item": [1], "value": [5]})
    with pytest.raises(WarehouseError):
        house.publish(1, 201503, table, actor="a", reason="r", at=AT)
