"""Excusing (免报): who is let off is not missing, and the list says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.excuse_reporter import excuse_reporter
from hexi.portal.returns.acts.remind import remind
from hexi.portal.returns.acts.seed_reporters import seed_reporters
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.undo_excuse import undo_excuse
from hexi.portal.returns.models import Excuse, Reminder, Reporter
from hexi.portal.returns.queries.digest import digests
from hexi.portal.returns.queries.expected import Tally, expected, tally
from hexi.portal.returns.queries.tasks import fill_tasks, reminders
from tests.portal.returns.bureau import AT, FORM, LATER, PERIOD, Bureau

WHY = "设备大修停产"
MISSING = f"/returns/missing/?form={FORM}&period={PERIOD}"


def let_off(bureau: Bureau, who: str = "zone", last: int = PERIOD, reason: str = WHY) -> Excuse:
    return excuse_reporter(
        FORM, PERIOD, last, bureau.maker.pk, reason=reason, by=bureau.person(who), at=LATER
    )


def counts(period: int = PERIOD) -> Tally:
    return tally(expected(form_book.form_at(FORM, period), period))


def test_who_is_excused_is_not_missing_and_counts_in_no_rate(bureau: Bureau) -> None:
    assert (counts().expected, counts().missing) == (3, 3)
    made = let_off(bureau)
    assert counts() == Tally(expected=2, excused=1)
    assert bureau.acts_of(made) == ["excuse_reporter"]
    undo_excuse(made.pk, reason="已复产", by=bureau.person("zone"), at=LATER)
    assert counts() == Tally(expected=3)
    assert bureau.acts_of(made) == ["excuse_reporter", "undo_excuse"]


def test_it_holds_for_its_periods_and_no_others(bureau: Bureau) -> None:
    let_off(bureau, last=PERIOD + 2)
    assert [counts(period).excused for period in (202609, 202610, 202611, 202612, 202701)] == [
        0, 1, 1, 1, 0,
    ]  # fmt: skip


def test_who_reports_all_the_same_is_counted_like_the_others(bureau: Bureau) -> None:
    row = bureau.filled()
    let_off(bureau)
    assert counts().excused == 1
    submit_return(row.pk, by=bureau.person("maker"), at=LATER)
    assert counts() == Tally(expected=3, submitted=1)


@pytest.mark.parametrize(
    ("who", "unit"),
    [("park", "etdz-an"), ("zone", "lz-etdz"), ("province", "gs"), ("admin", "gs")],
)
def test_the_units_that_approve_it_let_it_off(who: str, unit: str, bureau: Bureau) -> None:
    made = let_off(bureau, who)
    assert made.by_unit.code == unit
    lower = {"zone": "park", "province": "zone"}.get(who)
    if lower:
        with pytest.raises(NotPermitted):
            undo_excuse(made.pk, reason="复产", by=bureau.person(lower), at=LATER)
    undo_excuse(made.pk, reason="复产", by=bureau.person("province"), at=LATER)


def test_nobody_else_does(bureau: Bureau) -> None:
    for who in ("maker", "reader", ""):
        with pytest.raises(NotPermitted):
            let_off(bureau, who)
    for who in ("stranger",):
        with pytest.raises(NotFound):
            let_off(bureau, who)
    made = let_off(bureau)
    with pytest.raises(NotFound):
        undo_excuse(made.pk, reason="复产", by=bureau.person("stranger"), at=LATER)


def test_a_zone_does_not_let_itself_off(bureau: Bureau) -> None:
    seed_reporters(at=AT)
    own = Reporter.objects.get(unit__code="lz-etdz")
    with pytest.raises(NotPermitted):
        excuse_reporter("zone-quarter", 202609, 202609, own.pk, reason=WHY,
                        by=bureau.person("zone"), at=LATER)  # fmt: skip
    made = excuse_reporter("zone-quarter", 202609, 202612, own.pk, reason=WHY,
                           by=bureau.person("province"), at=LATER)  # fmt: skip
    assert made.by_unit.code == "gs"


def test_the_way_to_it_is_shown_to_whom_it_is_allowed(bureau: Bureau) -> None:
    seed_reporters(at=AT)
    own = Reporter.objects.get(unit__code="lz-etdz")
    page = "/returns/missing/?form=zone-quarter&period=202609&unit=lz-etdz&show=missing"
    way = f"reporter={own.pk}&amp;unit="
    shown = {
        who: bureau.client(who).get(page).content.decode() for who in ("zone", "province", "admin")
    }
    assert {who: way in text for who, text in shown.items()} == {
        "zone": False, "province": True, "admin": True,
    }  # fmt: skip
    assert all(own.shown_name in text for text in shown.values())
    below = MISSING + "&unit=etdz-an"
    assert f"reporter={bureau.maker.pk}&amp;" in bureau.client("park").get(below).content.decode()


def test_what_is_wrong_is_told_at_once(bureau: Bureau) -> None:
    bureau.submitted()
    with pytest.raises(Refusal, match="several_faults") as told:
        let_off(bureau, last=PERIOD - 1, reason=" ")
    assert {part.code for part in told.value.parts} == {"periods_turned", "reason_missing"}  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="reported_already"):
        let_off(bureau)
    with pytest.raises(Refusal, match="excuse_too_long"):
        excuse_reporter(FORM, 202611, 202711, bureau.maker.pk, reason=WHY,
                        by=bureau.person("zone"), at=LATER)  # fmt: skip
    with pytest.raises(Refusal, match="not_asked"):
        excuse_reporter("zone-quarter", 202609, 202609, bureau.drugs.pk, reason=WHY,
                        by=bureau.person("zone"), at=LATER)  # fmt: skip


def test_it_is_given_once_and_taken_back_once(bureau: Bureau) -> None:
    made = let_off(bureau, last=PERIOD + 1)
    with pytest.raises(Refusal, match="excused_already"):
        excuse_reporter(FORM, 202611, 202612, bureau.maker.pk, reason=WHY,
                        by=bureau.person("park"), at=LATER)  # fmt: skip
    undo_excuse(made.pk, reason="复产", by=bureau.person("zone"), at=LATER)
    with pytest.raises(Refusal, match="not_excused"):
        undo_excuse(made.pk, reason="复产", by=bureau.person("zone"), at=LATER)
    let_off(bureau)


def test_a_closed_period_keeps_its_counts(bureau: Bureau, settings: Any, tmp_path: Path) -> None:
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    made = let_off(bureau)
    row = bureau.submitted_by("drugs", bureau.drugs)
    for who in ("park", "zone", "province"):
        approve_return(row.pk, by=bureau.person(who), at=LATER)
    officer = bureau.person("province")
    lock = close_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="一户未报")
    assert (lock.expected, lock.approved) == (2, 1)
    with pytest.raises(Refusal, match="period_closed"):
        undo_excuse(made.pk, reason="复产", by=officer, at=LATER)


def test_who_is_excused_is_not_reminded(bureau: Bureau) -> None:
    Reporter.objects.filter(pk=bureau.maker.pk).update(email="maker@example.cn")
    assert remind(FORM, PERIOD, "gs", by=bureau.person("province"), at=AT) == 3
    today = form_book.day_of(LATER)
    maker = bureau.person("maker")
    assert reminders(maker, today) and digests("http://hexi", today)
    made = let_off(bureau)
    assert not reminders(maker, today) and not digests("http://hexi", today)
    task = next(t for t in fill_tasks(maker, today) if (t.form_id, t.period) == (FORM, PERIOD))
    assert (task.excused, task.overdue, task.due_words) == (WHY, False, "")
    Reminder.objects.all().delete()
    assert remind(FORM, PERIOD, "gs", by=bureau.person("province"), at=LATER) == 2
    undo_excuse(made.pk, reason="复产", by=bureau.person("zone"), at=LATER)
    assert remind(FORM, PERIOD, "gs", by=bureau.person("province"), at=LATER) == 1


def test_the_list_names_it_with_the_reason(bureau: Bureau) -> None:
    client = bureau.client("zone")
    form = f"/returns/missing/excuse/?form={FORM}&period={PERIOD}&reporter={bureau.maker.pk}"
    assert form.replace("&", "&amp;") in client.get(MISSING).content.decode()
    assert "甲机械有限公司" in client.get(form).content.decode()
    empty = client.post(form, {"last": str(PERIOD), "reason": ""})
    assert empty.status_code == 422 and "此步须写明原因" in empty.content.decode()
    sent = client.post(form, {"last": str(PERIOD + 1), "reason": WHY})
    assert sent.status_code == 302
    page = client.get(f"{MISSING}&show=excused").content.decode()
    assert WHY in page and "兰州经济技术开发区准予免报" in page
    sheet = client.get(f"/returns/missing/export.csv?form={FORM}&period={PERIOD}&show=all")
    assert WHY in sheet.content.decode("utf-8-sig")
    asked = client.get(f"/api/returns/missing?form={FORM}&period={PERIOD}").json()
    assert asked["counts"]["excused"] == 1
    assert [item["excused"] for item in asked["items"] if item["excused"]] == [WHY]
    back = client.post(
        f"/returns/excuses/{Excuse.objects.get().pk}/take-back/",
        {"form": FORM, "period": PERIOD, "unit": "lz-etdz", "reason": "复产"},
    )
    assert back.status_code == 302 and counts().excused == 0
    assert "复产" in client.get(MISSING).content.decode()


def test_a_program_excuses_too(bureau: Bureau) -> None:
    client = bureau.client("park")
    given = {"form": FORM, "first": PERIOD, "last": PERIOD, "reporter": bureau.maker.pk,
             "reason": WHY}  # fmt: skip
    made = client.post("/api/periods/excuses", given, content_type="application/json")
    assert made.status_code == 200 and made.json()["unit"] == "etdz-an"
    url = f"/api/periods/excuses/{made.json()['id']}/take-back"
    back = client.post(url, {"reason": "复产"}, content_type="application/json")
    assert back.status_code == 200 and back.json()["undone_at"]
