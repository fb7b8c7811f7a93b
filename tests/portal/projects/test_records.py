"""Entering and changing projects (项目入库与变更): every fault told, nothing half-done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_entry import read_record
from hexi.portal.returns.registers.entry import UnitFinder
from tests.portal.projects.library import AT, TODAY, YI, Library, days_before

CODE = "91620100MA71TEAT0C"


def told(refused: Refusal) -> set[tuple[str, str]]:
    parts = refused.parts if isinstance(refused, Refusals) else (refused,)
    return {(part.code, part.place) for part in parts}


def read(**given: Any) -> Any:
    return read_record(given, UnitFinder(), today=TODAY, partial=True)


def change(library: Library, reason: str = "按批复调整", **given: Any) -> ProjectRecord:
    by = library.person("zone")
    return change_record(library.aluminium.pk, given, by=by, at=AT, reason=reason)


# reading what people write


@pytest.mark.parametrize(
    ("written", "head", "yuan"),
    [
        ("3500", "", 3500 * 10**4),
        ("3,500万元", "", 3500 * 10**4),
        ("1.2亿元", "", 12 * 10**7),
        ("1.2亿", "元", 12 * 10**7),
        ("12", "亿元", 12 * YI),
        ("120000000", "元", 12 * 10**7),
        (12.5, "亿元", 125 * 10**7),
    ],
)
def test_money_is_read_in_its_own_unit_or_that_of_the_head(
    db: None, written: Any, head: str, yuan: int
) -> None:
    heads = {"total": head} if head else None
    entry = read_record({"total": written}, UnitFinder(), today=TODAY, partial=True, money=heads)
    assert entry.values == {"total": yuan} and not entry.faults


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("total", "约3000万", "money_wrong"),
        ("total", "3000万美元", "money_currency"),
        ("total", "-5", "money_negative"),
        ("total", "3000吨", "money_unit"),
        ("total", "9999999999亿元", "money_too_much"),
        ("investor_code", "91620100MA71TEAT0X", "code_wrong"),
        ("investor_code", "Y9629999500000007F", "practice_code"),
        ("state_code", "2401-629999-04-01-123456", "state_code_wrong"),
        ("state_code", "暂无", "state_code_wrong"),
        ("industry", "9999", "industry_unknown"),
        ("place", "629999", "place_unknown"),
        ("kind", "军工", "kind_unknown"),
        ("stage", "半拉子", "stage_unknown"),
        ("origin", "火星", "origin_unknown"),
        ("tags", "省列、无名", "tag_unknown"),
        ("planned_start", "2026-02-30", "date_wrong"),
        ("jobs", "3.5", "number_wrong"),
        ("land_mu", "NaN", "number_wrong"),
        ("longitude", "36.1", "number_wrong"),
        ("unit", "火星开发区", "unit_unknown"),
        ("name", "名" * 201, "too_long"),
        ("sources", "民间 300", "source_unknown"),
        ("leader", "nobody", "leader_unknown"),
        ("enterprise", CODE[:-1] + "9", "enterprise_unknown"),
    ],
)
def test_what_cannot_be_meant_is_named_at_its_field(
    office: Any, field: str, text: str, code: str
) -> None:
    entry = read(**{field: text})
    assert {f: r.code for f, r in entry.faults.items()} == {field: code}
    assert entry.faults[field].place == field
    assert str(entry.faults[field].message) and str(entry.faults[field].remedy)


def test_words_are_read_as_offices_write_them(office: Any) -> None:
    entry = read(
        kind="招商引资项目", stage="在谈", unit="安宁园区", origin="省外",
        tags="省列，3341项目工程;循环经济", sources="企业自筹 3000、国内贷款：2000",
        planned_start="2026年3月1日", state_code="２４０１-620100-04-01-123456", jobs="1,200",
    )  # fmt: skip
    assert not entry.faults
    assert entry.values["unit"].code == "etdz-an"
    assert entry.values["tags"] == ["provincial", "3341", "circular"]
    assert entry.values["sources"] == {"own": 3000 * 10**4, "loan": 2000 * 10**4}
    rest = {k: v for k, v in entry.values.items() if k not in ("unit", "tags", "sources")}
    assert rest == {
        "kind": "promoted", "stage": "in_talks", "origin": "province_outside",
        "planned_start": date(2026, 3, 1), "state_code": "2401-620100-04-01-123456",
        "jobs": 1200,
    }  # fmt: skip


def test_sources_that_do_not_add_up_to_the_total_are_told(office: Any) -> None:
    entry = read(total="1亿元", sources="企业自筹 3000、国内贷款 2000")
    assert {f: r.code for f, r in entry.faults.items()} == {"sources": "sources_differ"}
    # in the unit of the form, to the yuan
    assert "5,000 万元" in str(entry.faults["sources"].message)
    assert "10,000 万元" in str(entry.faults["sources"].message)


# entering


def test_every_fault_of_an_entry_is_told_at_once(library: Library) -> None:
    before = library.events()
    with pytest.raises(Refusal) as refused:
        library.registered(
            name=" ", kind="promoted", stage="construction", industry="9999",
            investor_code="91620100MA71TEAT0X", planned_start=date(2027, 1, 1),
            planned_end=date(2026, 1, 1), total=YI,
        )  # fmt: skip
    assert told(refused.value) == {
        ("name_missing", "name"),
        ("industry_unknown", "industry"),
        ("code_wrong", "investor_code"),
        ("dates_out_of_order", "planned_end"),
        ("field_missing", "actual_start"),
    }
    assert library.events() == before


def test_a_stage_is_one_of_the_kind(library: Library) -> None:
    with pytest.raises(Refusal, match="stage_not_of_kind"):
        library.registered(kind="enterprise", stage="in_talks")
    with pytest.raises(Refusal, match="stage_unknown"):
        library.registered(stage="suspended")


def test_the_very_same_project_is_not_entered_twice(library: Library) -> None:
    library.registered(name="新材料中试基地", investor_code=CODE)
    with pytest.raises(Refusal, match="known_already"):
        library.registered(name="新材料中试基地建设项目", investor_code=CODE)
    # a further phase, another firm and another unit are other projects
    library.registered(name="新材料中试基地二期", investor_code=CODE)
    library.registered(name="新材料中试基地")
    library.registered(name="新材料中试基地", investor_code=CODE, unit="jc-etdz", by="admin")


def test_a_project_that_ended_may_be_entered_anew(library: Library) -> None:
    old = library.registered(name="电池回收项目", stage="lead")
    library.moved(old, "ended", ended_reason="lost-silent")
    assert library.registered(name="电池回收项目", stage="lead").pk != old.pk


def test_a_state_code_belongs_to_one_project(library: Library) -> None:
    code = "2603-620105-04-01-123456"
    library.registered(state_code=code)
    with pytest.raises(Refusal, match="state_code_taken"):
        library.registered(name="别的项目", state_code=code)
    with pytest.raises(Refusal, match="state_code_taken"):
        change(library, state_code=code)


def test_numbers_are_of_the_library_and_differ(library: Library) -> None:
    numbers = [library.registered(name=f"项目{i}").number for i in range(3)]
    assert len(set(numbers)) == 3
    assert all(number.startswith("XM2026") for number in numbers)


def test_a_project_outside_the_scope_is_not_entered(library: Library) -> None:
    with pytest.raises(NotPermitted):
        library.registered(unit="jc-etdz")
    with pytest.raises(NotPermitted):
        library.registered(unit="lz-etdz", by="park")


def test_what_stood_long_before_it_was_entered_is_marked(library: Library) -> None:
    late = library.registered(name="甲", stage_since=days_before(16))
    fresh = library.registered(name="乙", stage_since=days_before(15))
    assert late.spells.get().back_entered and not fresh.spells.get().back_entered


def test_practice_records_are_of_who_makes_them_and_of_nobody_real(library: Library) -> None:
    facts = {"name": "演练", "unit": "etdz-an", "kind": "promoted"}
    with pytest.raises(NotPermitted):
        register_record(facts, by=library.person("zone"), at=AT, practice=True)
    with pytest.raises(Refusal, match="real_code"):
        register_record(
            {**facts, "investor_code": CODE}, by=library.person("admin"), at=AT, practice=True
        )


def test_tags_of_a_yearly_list_end_with_the_year(library: Library) -> None:
    row = library.registered(tags=["provincial", "circular"])
    spans = {tag.tag: tag.until for tag in row.tags.all()}
    assert spans == {"provincial": date(2027, 1, 1), "circular": None}


# changing


def test_amount_days_and_scope_are_not_changed_without_a_reason(library: Library) -> None:
    for given in ({"total": 13 * YI}, {"planned_end": date(2028, 1, 1)}, {"name": "另名"}):
        with pytest.raises(Refusal, match="reason_missing"):
            change(library, reason=" ", **given)
    assert change(library, reason="", content="建设两条生产线").content == "建设两条生产线"
    row = change(library, total=13 * YI)
    event = Event.objects.filter(act="change_record").latest("id")
    assert (event.before["total"], event.after["total"]) == (12 * YI, 13 * YI)
    assert event.reason == "按批复调整" and row.version == 3


def test_a_change_that_the_stage_forbids_is_refused(library: Library) -> None:
    with pytest.raises(Refusal, match="field_missing") as refused:
        change(library, total=None)
    assert refused.value.place == "total"
    with pytest.raises(Refusal, match="dates_out_of_order"):
        change(library, planned_end=date(2026, 1, 1))
    with pytest.raises(Refusal, match="day_ahead"):
        change(library, actual_start=date(2027, 1, 1))
    with pytest.raises(Refusal, match="no_change"):
        change(library, total=12 * YI)
    signed = library.project_of("cold-chain").pk
    with pytest.raises(Refusal, match="stage_not_of_kind"):
        change_record(signed, {"kind": "enterprise"}, by=library.person("zone"), at=AT, reason="改")


def test_sources_stay_those_of_the_total(library: Library) -> None:
    change(library, sources={"own": 5 * YI, "loan": 7 * YI})
    with pytest.raises(Refusal, match="sources_differ"):
        change(library, total=13 * YI)
    row = change(library, total=13 * YI, sources={"own": 6 * YI, "loan": 7 * YI})
    assert (row.total, row.sources) == (13 * YI, {"own": 6 * YI, "loan": 7 * YI})


def test_stage_and_tags_do_not_change_by_the_card(library: Library) -> None:
    with pytest.raises(Refusal, match="no_change"):
        change(library, stage="production", stage_since=TODAY, tags=["circular"], lamp="green")
    assert library.project_of("aluminium").stage == "construction"


def test_a_project_moves_only_inside_the_scope(library: Library) -> None:
    with pytest.raises(NotPermitted):
        change(library, unit="jc-etdz")
    assert change(library, unit="lz-etdz").unit.code == "lz-etdz"


def test_a_hidden_project_is_as_absent_as_a_missing_one(library: Library) -> None:
    for pk in (library.project_of("nickel").pk, 10**9):
        with pytest.raises(NotFound):
            change_record(pk, {"jobs": 1}, by=library.person("zone"), at=AT, reason="")
