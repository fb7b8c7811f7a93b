"""Filling in (填报): opening, saving cells, checking, submitting; who may, and what is refused."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils.translation import override

from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.filling.row_classes import shown_rows
from hexi.portal.returns.models import Reporter, Return, ReturnState, Submission
from tests.portal.returns.bureau import AT, COVER, FORM, LATER, PERIOD, Bureau, figures_of


def codes(refusal: Refusal) -> set[str]:
    return {p.code for p in refusal.parts} if isinstance(refusal, Refusals) else {refusal.code}


def test_a_return_is_opened_once_with_the_registers_cover_page(bureau: Bureau) -> None:
    row = bureau.opened()
    assert (row.state, row.unit.code, row.due) == ("draft", "etdz-an", date(2026, 11, 11))
    assert row.cover == {
        "credit_code": bureau.maker.code,
        "unit_name": bureau.maker.name,
        "industry": "C34",
        "place": "620105",
    }
    assert bureau.opened().pk == row.pk
    assert bureau.acts_of(row) == ["open_return"]


def test_the_cover_page_is_carried_forward(bureau: Bureau) -> None:
    bureau.filled(202609)
    assert bureau.opened(202610).cover["head"] == COVER["cover.head"]


@pytest.mark.parametrize("who", ["admin", "province", "zone", "park"])
def test_whoever_reviews_cannot_fill(who: str, bureau: Bureau) -> None:
    with pytest.raises(NotPermitted):
        open_return(FORM, PERIOD, bureau.maker.pk, by=bureau.person(who), at=AT)
    row = bureau.filled()
    for act in (
        lambda: save_cells(row.pk, {"output": "1"}, by=bureau.person(who), at=AT),
        lambda: check_return(row.pk, by=bureau.person(who), at=AT),
        lambda: submit_return(row.pk, by=bureau.person(who), at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Return.objects.get(pk=row.pk).values["output"] == "1200.00"


@pytest.mark.parametrize("who", ["", "reader", "stranger", "drugs"])
def test_strangers_do_not_even_see_it(who: str, bureau: Bureau) -> None:
    row = bureau.filled()
    with pytest.raises((NotFound, NotPermitted)):
        save_cells(row.pk, {"output": "1"}, by=bureau.person(who), at=AT)
    assert not Return.objects.visible_to(bureau.person(who)).exists()


def test_a_unit_fills_in_its_own_return_and_nobody_elses(bureau: Bureau) -> None:
    zone = Reporter.objects.create(
        kind="unit", code="lz-etdz", name="兰州经开区", unit=bureau.zone, home=bureau.zone
    )
    row = open_return("zone-quarter", 202609, zone.pk, by=bureau.person("zone"), at=AT)
    assert row.unit == bureau.zone
    with pytest.raises(NotPermitted):
        open_return("zone-year", 202512, zone.pk, by=bureau.person("province"), at=AT)


def test_every_fault_of_opening_is_told_at_once(bureau: Bureau) -> None:
    enterprise = bureau.maker.enterprise
    enterprise.closed = date(2026, 12, 1)
    enterprise.save()
    with pytest.raises(Refusal) as told:
        open_return(FORM, 202612, bureau.maker.pk, by=bureau.person("maker"), at=AT)
    assert codes(told.value) == {"future_period", "enterprise_closed"}
    with pytest.raises(Refusal, match="no_period"):
        open_return("enterprise-year", 202611, bureau.maker.pk, by=bureau.person("maker"), at=AT)
    with pytest.raises(Refusal, match="not_asked"):
        open_return("trade-month", PERIOD, bureau.maker.pk, by=bureau.person("maker"), at=AT)
    with pytest.raises(Refusal, match="form_not_in_force"):
        open_return(FORM, 201912, bureau.maker.pk, by=bureau.person("maker"), at=AT)
    enterprise.spells.update(since=date(2025, 6, 1))
    with pytest.raises(Refusal, match="not_registered"):
        open_return(FORM, 202412, bureau.maker.pk, by=bureau.person("maker"), at=AT)


def test_cells_are_kept_exactly_and_refused_one_by_one(bureau: Bureau) -> None:
    row = bureau.opened()
    saved = save_cells(
        row.pk,
        {
            "output": "１，２３４.5",
            "output@prior": " 1,000 ",
            "partner/392/partner_export": "7",
            "profit": "-3.25",
            "cost": "约30",
            "export_delivery": "-5",
            "nothing": "1",
            "output_new": "1.23456",
            "cover.head": " 张 三 ",
        },
        by=bureau.person("maker"),
        at=AT,
    )
    assert saved.kept["output"] == "1234.50"
    assert saved.kept["output@prior"] == "1000.00"
    assert saved.kept["profit"] == "-3.25"
    assert {name: r.code for name, r in saved.refused.items()} == {
        "cost": "not_a_number",
        "export_delivery": "negative",
        "nothing": "no_cell",
        "output_new": "not_kept",
    }
    row.refresh_from_db()
    assert (row.values["output"], row.cover["head"], row.edit) == ("1234.50", "张 三", 1)
    save_cells(row.pk, {"output": ""}, by=bureau.person("maker"), at=AT)
    row.refresh_from_db()
    assert "output" not in row.values, "an empty cell is no zero"


def test_a_unit_of_measure_is_converted_exactly(bureau: Bureau) -> None:
    row = bureau.opened()
    by = bureau.person("maker")
    saved = save_cells(row.pk, {"output": "1.5"}, units={"output": "亿元"}, by=by, at=AT)
    assert saved.kept == {"output": "15000.00"}


def test_the_same_values_again_leave_no_event(bureau: Bureau) -> None:
    row = bureau.filled()
    before = bureau.events()
    save_cells(row.pk, figures_of(row), by=bureau.person("maker"), at=AT)
    assert bureau.events() == before


def test_two_people_keep_their_work_and_a_clash_is_told(bureau: Bureau) -> None:
    row = bureau.opened()
    by = bureau.person("maker")
    save_cells(row.pk, {"output": "1"}, by=by, at=AT, seen=0)
    saved = save_cells(row.pk, {"sales_value": "2", "output": "3"}, by=by, at=AT, seen=0)
    assert saved.kept == {"sales_value": "2.00"}
    assert saved.refused["output"].code == "overtaken"
    saved = save_cells(row.pk, {"output": "3"}, by=by, at=AT, seen=2)
    assert saved.kept == {"output": "3.00"}


def test_checked_falls_back_to_draft_when_a_figure_changes(bureau: Bureau) -> None:
    row = bureau.filled()
    by = bureau.person("maker")
    assert check_return(row.pk, by=by, at=AT).state == ReturnState.CHECKED
    assert save_cells(row.pk, {"output": "1300"}, by=by, at=AT).row.state == ReturnState.DRAFT


def test_submission_tells_everything_that_is_missing(bureau: Bureau) -> None:
    row = bureau.opened()
    with pytest.raises(Refusal) as told:
        submit_return(row.pk, by=bureau.person("maker"), at=AT)
    found = codes(told.value)
    assert {"empty_return", "required", "cover"} <= found
    assert not Submission.objects.exists()
    assert bureau.acts_of(row) == ["open_return"]


def test_what_is_handed_in_is_kept_and_can_no_longer_be_changed(bureau: Bureau) -> None:
    row = bureau.submitted()
    assert (row.state, row.waiting.code, row.submitted_at) == ("submitted", "etdz-an", AT)
    made = Submission.objects.get()
    assert (made.number, made.values["output"], made.who) == (
        1, "1200.00", bureau.person("maker").pk,
    )  # fmt: skip
    for act in (
        lambda: save_cells(row.pk, {"output": "1"}, by=bureau.person("maker"), at=LATER),
        lambda: submit_return(row.pk, by=bureau.person("maker"), at=LATER),
    ):
        with pytest.raises(Refusal) as told:
            act()
        assert told.value.status == 409
    assert bureau.acts_of(row) == ["open_return", "save_cells", "submit_return"]


def test_what_is_wrong_with_a_figure_is_said_in_the_readers_language(bureau: Bureau) -> None:
    row = bureau.opened()
    cells = {"output": "1.234", "tax": "-1"}
    saved = save_cells(row.pk, cells, by=bureau.person("maker"), at=AT, units={"tax": "吨"})
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            told = {name: f"{r.message}{r.remedy}" for name, r in saved.refused.items()}
            said[language] = told
    assert said["zh-hans"]["output"].startswith("工业总产值")
    assert "最多 2 位小数" in said["zh-hans"]["output"]
    assert "at most 2 decimals" in said["en"]["output"]
    assert not re.search("[\u4e00-\u9fff]", said["en"]["output"].replace("万元", ""))
    assert "is not a unit of" in said["en"]["tax"]
    with override("en"):
        assert shown_rows("gbt2659-partners")[392] == "Japan"
    with override("zh-hans"):
        assert shown_rows("gbt2659-partners")[392] == "日本"
