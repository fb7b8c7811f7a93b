"""Funds in place (到位资金): evidence, a second person, what counts, copies, reversals, figures."""

from __future__ import annotations

from datetime import date

import pytest

from hexi.portal.core.event_words import value_text
from hexi.portal.core.models import Event, Unit
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.promotion.acts.enter_voucher import enter_voucher
from hexi.portal.promotion.acts.reverse_voucher import reverse_voucher
from hexi.portal.promotion.acts.set_year_aim import set_year_aim
from hexi.portal.promotion.acts.verify_voucher import verify_voucher
from hexi.portal.promotion.ledger import ledger
from hexi.portal.promotion.models import Voucher
from hexi.portal.promotion.queries.figures import aims, conversion, months, signed_in, years_of
from hexi.portal.promotion.queries.funds import sums_of
from tests.portal.promotion.desk import AT, PAYMENT, TODAY, WAN, YI, PromotionDesk


def verified(desk: PromotionDesk, row: Voucher, **said: object) -> Voucher:
    return verify_voucher(row.pk, "verified", by=desk.person("second"), at=AT, **said)  # type: ignore[arg-type]


def reason(row: Voucher) -> str:
    return ledger().answer(row.pk)[0]


def test_money_counts_once_another_person_has_seen_the_evidence(desk: PromotionDesk) -> None:
    before = Event.objects.count()
    row = desk.paid()
    assert Event.objects.count() == before + 1
    assert row.amount == 3000 * WAN and row.evidence.name == "回单.pdf"
    assert reason(row) == "pending"
    with pytest.raises(Refusal, match="own_voucher"):
        verify_voucher(row.pk, "verified", by=desk.person("zone"), at=AT)
    with pytest.raises(NotPermitted):
        verify_voucher(row.pk, "verified", by=desk.person("park"), at=AT)
    verified(desk, row)
    assert reason(row) == ""
    with pytest.raises(Refusal, match="verified_already"):
        verified(desk, row)


def test_the_history_says_money_as_pages_do(desk: PromotionDesk) -> None:
    desk.paid()
    event = Event.objects.filter(act="enter_voucher").get()
    assert event.after["amount"] == 3000 * WAN
    assert value_text("amount", event.after["amount"]) == "3,000 万元"


def test_money_without_evidence_is_not_entered(desk: PromotionDesk) -> None:
    project, by = desk.aluminium, desk.person("zone")
    with pytest.raises(Refusal, match="evidence_missing"):
        enter_voucher(project.pk, PAYMENT, None, by=by, at=AT)
    with pytest.raises(Refusals) as told:
        enter_voucher(
            project.pk, {**PAYMENT, "amount": "100万美元", "day": "2027-01-01", "kind": "gift"},
            None, by=by, at=AT,
        )  # fmt: skip
    places = {part.place for part in told.value.parts}
    assert places == {"amount", "day", "kind", "file"}
    assert not Voucher.objects.exists()


def test_each_exclusion_is_named(desk: PromotionDesk) -> None:
    rows = {
        "local-money": desk.paid(origin="local", payer="甲", file="1"),
        "public-money": desk.paid(kind="fiscal", payer="乙", file="2"),
        "moved-within-city": desk.paid(payer_place="620102", payer="丙", file="3"),
    }
    for row in rows.values():
        verified(desk, row)
    assert {name: reason(row) for name, row in rows.items()} == {name: name for name in rows}


def test_a_copy_is_named_until_a_verifier_says_that_it_is_none(desk: PromotionDesk) -> None:
    first = verified(desk, desk.paid())
    again = verified(desk, desk.paid(file="另一张"))
    assert ledger().answer(again.pk) == ("duplicate", first.pk)
    same_file = verified(desk, desk.paid(amount="500", payer="另一家"))
    assert ledger().answer(same_file.pk) == ("duplicate", first.pk)
    with pytest.raises(Refusal, match="reason_missing"):
        verified(desk, desk.paid(file="第三张"), distinct=True)
    row = Voucher.objects.get(state="pending")
    verify_voucher(
        row.pk, "verified", "两笔分期到账，回单号不同", distinct=True,
        by=desk.person("second"), at=AT,
    )  # fmt: skip
    assert reason(row) == ""


def test_a_copy_in_another_unit_is_found_too(desk: PromotionDesk) -> None:
    """The ledger is counted whole: a payment shown in two zones counts in one."""
    first = verified(desk, desk.paid())
    other = desk.paid(key="foil", by="admin")
    verify_voucher(other.pk, "verified", by=desk.person("province"), at=AT)
    assert ledger().answer(other.pk) == ("duplicate", first.pk)
    # … and whoever does not see the first one is not led to it
    page = desk.client("stranger").get(f"/promotion/funds/{other.pk}/")
    assert page.status_code == 200
    assert f'href="/promotion/funds/{first.pk}/"' not in page.content.decode()


def test_a_reversal_takes_the_money_back(desk: PromotionDesk) -> None:
    row = desk.paid()
    by = desk.person("zone")
    with pytest.raises(Refusal, match="not_reversible"):
        reverse_voucher(row.pk, "填错", day=TODAY, by=by, at=AT)
    verified(desk, row)
    with pytest.raises(Refusal, match="day_before"):
        reverse_voucher(row.pk, "填错", day=date(2026, 6, 1), by=by, at=AT)
    back = reverse_voucher(row.pk, "资金退回", day=date(2026, 8, 3), by=by, at=AT)
    verified(desk, back)
    assert sums_of(ledger(), [row.pk, back.pk])["counted"] == "0"
    with pytest.raises(Refusal, match="not_reversible"):
        reverse_voucher(row.pk, "再冲", day=TODAY, by=by, at=AT)
    unit = Unit.objects.get(code="etdz-an")
    lines = {line.month: line.amount for line in months(unit, 2026, 11)}
    assert (lines[202606], lines[202608]) == (3000 * WAN, -3000 * WAN)


def test_figures_stand_against_the_aim(desk: PromotionDesk) -> None:
    verified(desk, desk.paid())
    verified(desk, desk.paid(origin="foreign", payer="港资公司", amount="1000", file="2",
                             payer_place="", day="2026-10-08"))  # fmt: skip
    verified(desk, desk.paid(payer="甲", day="2025-03-01", amount="2000", file="3"))
    zone = Unit.objects.get(code="lz-etdz")
    by = desk.person("zone")
    set_year_aim("lz-etdz", 2026, {"growth": "20", "source": "工作要点"}, by=by, at=AT)
    aim = aims(zone, 2026)[0]
    lines = months(zone, 2026, 11, aim)
    assert [lines[5].to_date, lines[10].to_date] == [3000 * WAN, 4000 * WAN]
    assert lines[10].to_date_by_origin == {"province_outside": 3000 * WAN, "foreign": 1000 * WAN}
    assert lines[10].asked == 2400 * WAN * 11 // 12 and lines[10].growth == 100.0
    (line,) = years_of(zone, [zone], 2026, 11, TODAY)
    assert line.funded_projects == 1 and line.value("funds_foreign") == 1000 * WAN


def test_the_province_has_the_aims_of_its_plan(desk: PromotionDesk) -> None:
    first, second = aims(Unit.objects.get(code="gs"), 2023)
    assert first.amount == 5000 * YI and first.growth == 15
    assert second.amount is None and second.growth == 20


def test_signed_projects_are_counted_once_in_their_month(desk: PromotionDesk) -> None:
    """The library's cold-chain project was entered as signed on 8 April with 3 亿元."""
    lines = signed_in(Unit.objects.get(code="etdz-an"), 2026, 11)
    assert [(one.month, one.number, one.amount) for one in lines if one.number] == [
        (202604, 1, 3 * YI)
    ]


def test_conversion_is_of_what_began_as_a_lead_or_talk(desk: PromotionDesk) -> None:
    """A project that comes into the library signed or built, as by import, was no lead of it."""
    park = Unit.objects.get(code="etdz-an")
    before = conversion(park, 2026)
    built = {
        "investor": "甲公司", "total": YI, "state_code": "2503-620105-04-01-123456",
        "industry": "3252", "planned_end": date(2027, 6, 30), "actual_start": date(2026, 4, 2),
    }  # fmt: skip
    desk.registered(name="导入在建项目", kind="promoted", stage="construction", **built)
    assert conversion(park, 2026) == before
    lead = desk.registered(name="本年线索", kind="promoted", stage="lead")
    desk.moved(lead, "in_talks", prepare={"investor": "乙公司"})
    (after,) = (one for one in conversion(park, 2026) if one["kind"] == "招商引资项目")
    counts = {stage["label"]: stage["n"] for stage in after["stages"]}
    old = [one["stages"] for one in before if one["kind"] == "招商引资项目"]
    begun = {stage["label"]: stage["n"] for stages in old for stage in stages}
    assert counts["线索"] == begun.get("线索", 0) + 1
    assert counts["在谈"] == begun.get("在谈", 0) + 1
    assert counts["签约"] == begun.get("签约", 0)


def test_an_aim_says_something_and_is_set_by_who_may(desk: PromotionDesk) -> None:
    by = desk.person("zone")
    with pytest.raises(Refusal, match="aim_empty"):
        set_year_aim("lz-etdz", 2026, {"source": "工作要点"}, by=by, at=AT)
    for growth in ("9999999999", "-101", "很多"):
        with pytest.raises(Refusal) as told:
            set_year_aim("lz-etdz", 2026, {"growth": growth, "source": "x"}, by=by, at=AT)
        assert told.value.place == "growth"
    with pytest.raises(NotPermitted):
        set_year_aim("gs", 2026, {"growth": "20", "source": "x"}, by=by, at=AT)
    with pytest.raises(NotFound):
        set_year_aim("nowhere", 2026, {"growth": "20", "source": "x"}, by=by, at=AT)


def test_the_evidence_is_for_who_sees_the_voucher(desk: PromotionDesk) -> None:
    row = desk.paid()
    answer = desk.client("reader").get(f"/promotion/funds/{row.pk}/evidence/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    for username, status in (("stranger", 404), ("maker", 403), ("", 302)):
        answer = desk.client(username).get(f"/promotion/funds/{row.pk}/evidence/")
        assert answer.status_code == status
