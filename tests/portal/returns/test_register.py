"""The register (名录): entering, changing, moving, closing and merging, each with its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.returns.acts.change_enterprise import change_enterprise
from hexi.portal.returns.acts.close_enterprise import close_enterprise, take_closing_back
from hexi.portal.returns.acts.keep_filler import dismiss_filler, enter_filler
from hexi.portal.returns.acts.merge_enterprise import merge_enterprise
from hexi.portal.returns.acts.move_enterprise import move_enterprise
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.register_enterprise import register_enterprise
from hexi.portal.returns.acts.seed_reporters import seed_reporters
from hexi.portal.returns.models import Enterprise, Reporter, Return
from hexi.portal.returns.registers.credit_code import check_character, is_code
from tests.portal.returns.bureau import AT, FORM, LATER, Bureau

NEW = {
    "code": "91620100MA71TEAT4Q",
    "name": "戊新材料有限公司",
    "unit": "安宁园区",
    "industry": "C3411",
    "place": "620105",
    "opened": "2024年3月1日",
    "ownership": "私营",
    "size": "small",
    "above_scale": "是",
}


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000802100433B"])
def test_codes_of_gb_32100_are_known_by_their_last_character(code: str) -> None:
    assert is_code(code)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert not is_code(wrong)
    assert check_character(wrong[:-1]) == code[-1]
    assert not is_code(code.replace("1", "I"))


def test_an_enterprise_is_registered_with_its_first_spell(bureau: Bureau) -> None:
    row = register_enterprise(NEW, by=bureau.person("park"), at=AT)
    spell = row.spells.get()
    assert (spell.unit.code, spell.since, spell.industry) == ("etdz-an", date(2024, 3, 1), "3411")
    assert (row.ownership, row.size, row.above_scale) == ("private", "small", True)
    assert bureau.acts_of(row) == ["register_enterprise"]


def test_every_wrong_field_is_told_at_once(bureau: Bureau) -> None:
    wrong = {**NEW, "code": "91620100MA71TEAT4X", "industry": "9911", "place": "999999",
             "opened": "明天", "size": "巨型", "name": ""}  # fmt: skip
    with pytest.raises(Refusals) as told:
        register_enterprise(wrong, by=bureau.person("park"), at=AT)
    assert {p.place: p.code for p in told.value.parts} == {
        "code": "code_wrong",
        "industry": "industry_unknown",
        "place": "place_unknown",
        "opened": "date_wrong",
        "size": "size_unknown",
        "name": "name_missing",
    }
    code = next(p for p in told.value.parts if p.place == "code")
    assert "Q" in str(code.remedy), "the right character is said"


def test_a_code_stands_once_in_the_register(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="code_taken"):
        register_enterprise({**NEW, "code": bureau.maker.code}, by=bureau.person("park"), at=AT)


@pytest.mark.parametrize("who", ["", "reader", "stranger", "maker"])
def test_only_who_keeps_the_register_of_the_unit_enters(who: str, bureau: Bureau) -> None:
    with pytest.raises(NotPermitted):
        register_enterprise(NEW, by=bureau.person(who), at=AT)
    row = bureau.maker.enterprise
    for act in (
        lambda by: change_enterprise(row.pk, {"name": "改名"}, by=by, at=AT),
        lambda by: close_enterprise(row.pk, date(2026, 9, 1), reason="停业", by=by, at=AT),
        lambda by: enter_filler(row.pk, username="x", name="x", password=None, by=by, at=AT),
    ):
        with pytest.raises((NotPermitted, NotFound)):
            act(bureau.person(who))


def test_a_correction_changes_the_newest_spell_and_a_change_begins_one(bureau: Bureau) -> None:
    park, row = bureau.person("park"), bureau.maker.enterprise
    change_enterprise(row.pk, {"industry": "35"}, reason="登记有误", by=park, at=AT)
    assert [s.industry for s in row.spells.all()] == ["35"]
    change_enterprise(
        row.pk, {"size": "large", "since": "2026-01-01"}, reason="年报核定", by=park, at=AT
    )
    assert [(s.size, s.until) for s in row.spells.all()] == [
        ("", date(2026, 1, 1)),
        ("large", None),
    ]
    with pytest.raises(Refusal, match="reason_missing"):
        change_enterprise(row.pk, {"industry": "36"}, by=park, at=AT)
    with pytest.raises(Refusal, match="no_change"):
        change_enterprise(row.pk, {"size": "large"}, by=park, at=AT)
    change_enterprise(row.pk, {"name": "甲机械集团"}, by=park, at=AT)
    assert Reporter.objects.get(pk=row.pk).name == "甲机械集团"


def test_a_move_keeps_the_months_before_where_they_were(bureau: Bureau) -> None:
    row = bureau.maker.enterprise
    old = bureau.opened(202606)
    pending = bureau.opened(202610)
    zone = bureau.person("zone")
    move_enterprise(row.pk, "西固园区", date(2026, 10, 15), reason="搬迁", by=zone, at=AT)
    assert [s.unit.code for s in row.spells.all()] == ["etdz-an", "etdz-xg"]
    assert Return.objects.get(pk=old.pk).unit.code == "etdz-an"
    assert Return.objects.get(pk=pending.pk).unit.code == "etdz-xg"
    assert Enterprise.objects.get(pk=row.pk).unit_path.endswith("/etdz-xg/")
    assert not Enterprise.objects.visible_to(bureau.person("park")).filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("unit", "since", "code"),
    [
        ("nowhere", date(2026, 10, 1), "unit_unknown"),
        ("安宁园区", date(2026, 10, 1), "no_change"),
        ("西固园区", date(2027, 1, 1), "date_future"),
        ("西固园区", date(2020, 1, 1), "date_before"),
        ("西固园区", None, "date_missing"),
    ],
)
def test_a_move_is_refused(unit: str, since: Any, code: str, bureau: Bureau) -> None:
    pk = bureau.maker.pk
    with pytest.raises(Refusal, match=code):
        move_enterprise(pk, unit, since, reason="搬迁", by=bureau.person("zone"), at=AT)


def test_a_move_out_of_ones_scope_needs_the_level_above(bureau: Bureau) -> None:
    args: dict[str, Any] = {"reason": "搬迁", "at": AT}
    with pytest.raises(NotPermitted):
        move_enterprise(
            bureau.maker.pk, "jc-etdz", date(2026, 9, 1), by=bureau.person("zone"), **args
        )
    move_enterprise(
        bureau.maker.pk, "jc-etdz", date(2026, 9, 1), by=bureau.person("province"), **args
    )


def test_a_closed_enterprise_reports_its_last_month_and_no_more(bureau: Bureau) -> None:
    row, park = bureau.maker.enterprise, bureau.person("park")
    with pytest.raises(Refusal, match="reason_missing"):
        close_enterprise(row.pk, date(2026, 9, 10), reason="", by=park, at=AT)
    close_enterprise(row.pk, date(2026, 9, 10), reason="破产", by=park, at=AT)
    assert bureau.opened(202609).state == "draft"
    with pytest.raises(Refusal, match="enterprise_closed"):
        open_return(FORM, 202610, row.pk, by=bureau.person("maker"), at=LATER)
    take_closing_back(row.pk, reason="录错企业", by=park, at=AT)
    assert bureau.opened(202610).state == "draft"


def test_a_merger_names_who_goes_on(bureau: Bureau) -> None:
    row, park = bureau.maker.enterprise, bureau.person("park")
    day = date(2026, 9, 1)
    for code in (row.code, "91620300MA71TEAT2W", "nothing"):
        with pytest.raises(Refusal, match="no_successor"):
            merge_enterprise(row.pk, code, day, reason="合并", by=park, at=AT)
    merge_enterprise(row.pk, bureau.drugs.code, day, reason="吸收合并", by=park, at=AT)
    row.refresh_from_db()
    assert (row.closed, row.successor) == (day, bureau.drugs.enterprise)
    with pytest.raises(Refusal, match="closed_already"):
        close_enterprise(row.pk, day, reason="再次", by=park, at=AT)


def test_a_park_opens_an_account_for_an_enterprise(bureau: Bureau) -> None:
    park, row = bureau.person("park"), bureau.maker.enterprise
    filler = enter_filler(
        row.pk, username="maker2", name="赵六", password="long enough 77", by=park, at=AT
    )
    person = Person.objects.get(username="maker2")
    assert person.role == "enterprise" and person.check_password("long enough 77")
    assert Reporter.objects.visible_to(person).get() == bureau.maker
    with pytest.raises(Refusal, match="filler_already"):
        enter_filler(row.pk, username="maker2", name="", password=None, by=park, at=AT)
    # neither staff nor people of enterprises elsewhere are drawn in by their names
    for username in ("province", "metal"):
        with pytest.raises(Refusal, match="name_taken"):
            enter_filler(row.pk, username=username, name="x", password=None, by=park, at=AT)
    dismiss_filler(row.pk, filler.person_id, by=park, at=AT)
    assert not Reporter.objects.visible_to(person).exists()


def test_units_become_reporters_once_and_nobody_else_does(bureau: Bureau) -> None:
    people = Person.objects.count()
    assert seed_reporters(at=AT) > 50
    events = bureau.events()
    assert seed_reporters(at=AT) == 0
    assert bureau.events() == events
    assert (Person.objects.count(), Enterprise.objects.count()) == (people, 3)
