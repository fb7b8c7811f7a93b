"""Idle land and stalled projects in the portal: found by rule, taken up and settled by people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hexi.portal.admission.acts.enter_land import enter_land
from hexi.portal.admission.acts.give_term import give_term
from hexi.portal.admission.acts.settle_case import settle_case
from hexi.portal.admission.acts.verify_case import verify_case
from hexi.portal.admission.models import StalledCase
from hexi.portal.admission.queries.stalled import case_lines
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.tasks import tasks_of
from hexi.portal.projects.models import Progress, ProjectRecord
from tests.portal.admission.material import idle
from tests.portal.projects.library import AT, TODAY, WAN, Library


def seen(library: Library, who: str = "admin", **asked: str) -> dict[str, str]:
    lines = case_lines(library.person(who), asked, TODAY)
    return {line.name: line.rule for line in lines}


COLD = "冷链物流枢纽（一期）"


def verified(library: Library, *, upheld: bool = True) -> StalledCase:
    return verify_case(
        library.project_of("cold-chain").pk, "not-started", upheld=upheld, day=TODAY,
        reason="现场查看，未进场", evidence="照片", by=library.person("zone"), at=AT,
    )  # fmt: skip


def test_idle_land_comes_up_with_its_sum_and_law(library: Library) -> None:
    assert seen(library) == {}
    idle(library)
    assert seen(library) == {COLD: "idle-one-year"}
    page = library.client("zone").get("/admission/stalled/").content.decode()
    assert "按规则有 1 宗闲置或停滞" in page
    assert "约定动工日期 2025-06-01，至" in page and "2,000 × 20% = 400 万元" in page
    site = library.project_of("cold-chain").pk
    one = library.client("zone").get(f"/admission/stalled/{site}/").content.decode()
    assert "国土资源部令第53号" in one and "调查，认定后征缴土地闲置费" in one


def test_without_a_grant_a_planned_start_makes_a_suspicion(library: Library) -> None:
    row = library.project_of("cold-chain")
    ProjectRecord.objects.filter(pk=row.pk).update(land_mu=60, planned_start=date(2025, 1, 1))
    assert seen(library) == {}, "signed is not yet right before its start"
    ProjectRecord.objects.filter(pk=row.pk).update(stage="approved")
    [line] = case_lines(library.person("zone"), {}, TODAY)
    assert not line.certain and "以项目库计划开工日期代替" in line.reason
    assert "供地日期" in line.reason


def test_works_that_report_no_investment_for_a_year_count_as_stopped(library: Library) -> None:
    row = library.aluminium
    Progress.objects.filter(project=row).delete()
    Progress.objects.create(project=row, month=202509, invested=1000 * WAN, by_name="x", at=AT)
    ProjectRecord.objects.filter(pk=row.pk).update(invested=1000 * WAN)
    enter_land(
        row.pk, given=date(2025, 1, 1), contract="合同", agreed_start=date(2025, 3, 1),
        by=library.person("zone"), at=AT,
    )  # fmt: skip
    [line] = case_lines(library.person("zone"), {}, TODAY)
    assert line.rule == "stopped-one-year" and line.since == "2025-10-01"
    assert "1,000 ÷ 120,000 万元 = 0.8%" in line.reason and "自最后一次报送投资起算" in line.reason


def test_built_and_not_producing(library: Library) -> None:
    row = library.project_of("nickel")
    ProjectRecord.objects.filter(pk=row.pk).update(
        stage="completed", actual_end=date(2025, 10, 1), stage_since=date(2025, 10, 1)
    )
    assert seen(library) == {row.name: "built-not-producing"}
    ProjectRecord.objects.filter(pk=row.pk).update(stage="production", stage_since=TODAY)
    assert seen(library) == {}


def test_a_case_goes_from_finding_to_settlement_with_one_event_each(library: Library) -> None:
    idle(library)
    by = library.person("zone")
    case = verified(library)
    assert case.fee == 400 * WAN and "2025-06-01" in case.reason
    said = {"day": TODAY, "reason": "限期整改", "by": by, "at": AT}
    give_term(case.pk, term=TODAY + timedelta(90), **said)
    page = library.client("zone").get("/admission/stalled/").content.decode()
    assert "已限期" in page and "2027-02-18" in page
    with pytest.raises(Refusal) as refused:
        settle_case(case.pk, "fee", evidence=" ", **said)
    assert refused.value.code == "evidence_missing"
    settle_case(case.pk, "fee", evidence="缴款凭证1号", **said)
    assert library.acts_of(case) == ["verify_case", "give_term", "settle_case"]
    assert seen(library) == {} and seen(library, all="1") == {COLD: "idle-one-year"}
    with pytest.raises(Refusal) as closed:
        give_term(case.pk, term=TODAY + timedelta(9), **said)
    assert closed.value.code == "case_closed"


def test_a_stronger_rule_finds_a_settled_case_again(library: Library) -> None:
    idle(library, date(2025, 1, 15))
    case = verified(library)
    settle_case(
        case.pk, "agreed_anew", day=TODAY, reason="重新约定", evidence="补充协议",
        by=library.person("zone"), at=AT,
    )  # fmt: skip
    person = library.person("zone")
    assert not case_lines(person, {}, date(2027, 1, 14))
    [line] = case_lines(person, {}, date(2027, 1, 15))
    assert line.rule == "idle-two-years" and line.state == "found"


def test_a_case_that_is_not_upheld_is_closed(library: Library) -> None:
    idle(library)
    case = verified(library, upheld=False)
    assert not case.is_open and seen(library) == {}
    with pytest.raises(Refusal):
        settle_case(
            case.pk, "fee", day=TODAY, reason="x", evidence="y", by=library.person("zone"), at=AT
        )


def test_a_case_is_taken_up_once_and_only_where_a_rule_sees_it(library: Library) -> None:
    with pytest.raises(Refusal) as nothing:
        verified(library)
    assert nothing.value.code == "nothing_found"
    idle(library)
    verified(library)
    with pytest.raises(Refusal) as twice:
        verified(library)
    assert twice.value.code == "taken_up"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"contract": " "}, "contract_missing"),
        ({"given": date(2026, 12, 1), "agreed_start": date(2027, 1, 1)}, "day_ahead"),
        ({"agreed_start": date(2024, 12, 31)}, "days_out_of_order"),
        ({"agreed_end": date(2025, 5, 1)}, "days_out_of_order"),
    ],
)
def test_land_that_cannot_be_is_refused(
    changed: dict[str, object], code: str, library: Library
) -> None:
    usual = {"given": date(2025, 1, 1), "contract": "合同", "agreed_start": date(2025, 6, 1)}
    with pytest.raises(Refusal) as refused:
        enter_land(library.aluminium.pk, **{**usual, **changed}, by=library.person("zone"), at=AT)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_correction_of_the_land_needs_a_reason_and_keeps_what_stood(library: Library) -> None:
    first = idle(library)
    with pytest.raises(Refusal) as refused:
        idle(library, date(2025, 9, 1))
    assert refused.value.code == "reason_missing"
    enter_land(
        first.project_id, given=date(2025, 1, 10), contract="合同", agreed_start=date(2025, 9, 1),
        reason="合同补充条款", by=library.person("zone"), at=AT,
    )  # fmt: skip
    assert library.acts_of(first) == ["enter_land", "enter_land"]
    page = library.client("zone").get(f"/admission/stalled/{first.project_id}/").content.decode()
    assert "2025-06-01 → 2025-09-01" in page


def test_the_pages_take_the_same_steps(library: Library) -> None:
    row, client = library.project_of("cold-chain"), library.client("zone")
    land = {"given": "2025-01-10", "contract": "合同1", "start": "2025-06-01", "price": "2000",
            "area": "60", "end": "", "built": ""}  # fmt: skip
    address = f"/admission/stalled/{row.pk}/"
    assert client.post(f"{address}land/", {**land, "area": "很多"}).status_code == 422
    assert client.post(f"{address}land/", land).status_code == 302
    day = AT.date().isoformat()
    finding = {"family": "not-started", "upheld": "yes", "day": day, "reason": "查看"}
    assert client.post(f"{address}verify/", finding).status_code == 302
    case = StalledCase.objects.get()
    step = {"step": "settle", "settlement": "started", "day": day, "reason": "已动工"}
    assert client.post(f"{address}cases/{case.pk}/", step).status_code == 422
    step["evidence"] = "施工许可证"
    assert client.post(f"{address}cases/{case.pk}/", step).status_code == 302
    case.refresh_from_db()
    assert case.settlement == "started" and not case.is_open
    assert client.post("/admission/stalled/999999/land/", land).status_code == 404


def test_an_open_case_is_a_task_until_it_is_closed(library: Library) -> None:
    idle(library)
    case = verified(library)
    give_term(case.pk, term=TODAY + timedelta(9), day=TODAY, reason="限期",
              by=library.person("zone"), at=AT)  # fmt: skip

    def mine(who: str, day: date) -> list[tuple[str, bool, bool]]:
        found = tasks_of(library.person(who), day)
        return [(one.what, one.done, one.overdue) for one in found if one.kind == "stalled"]

    assert mine("zone", TODAY) == [(COLD, False, False)]
    assert mine("zone", TODAY + timedelta(10)) == [(COLD, False, True)]
    assert mine("stranger", TODAY) == [] and mine("park", TODAY) == []
    settle_case(case.pk, "started", day=TODAY, reason="已动工", evidence="许可证",
                by=library.person("zone"), at=AT)  # fmt: skip
    assert mine("zone", TODAY) == [(COLD, True, False)]


def test_scope(library: Library) -> None:
    idle(library)
    row = library.project_of("cold-chain")
    assert seen(library, "stranger") == {}
    assert library.client("stranger").get(f"/admission/stalled/{row.pk}/").status_code == 404
    assert (
        COLD not in library.client("stranger").get("/admission/stalled/export.csv").content.decode()
    )
    with pytest.raises(NotFound):
        verify_case(row.pk, "not-started", upheld=True, day=TODAY, reason="x",
                    by=library.person("stranger"), at=AT)  # fmt: skip
    with pytest.raises(NotPermitted):
        verify_case(row.pk, "not-started", upheld=True, day=TODAY, reason="x",
                    by=library.person("park"), at=AT)  # fmt: skip
