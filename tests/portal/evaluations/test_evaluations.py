"""Evaluations in the portal: computed, worded, computed again, issued; seen by the right ones."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest

from hexi.monitoring.evaluation.nouns import Sheet
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.evaluations.acts.drop_evaluation import drop_evaluation
from hexi.portal.evaluations.acts.issue_evaluation import issue_evaluation
from hexi.portal.evaluations.acts.renew_evaluation import renew_evaluation
from hexi.portal.evaluations.acts.start_evaluation import start_evaluation
from hexi.portal.evaluations.acts.word_evaluation import word_evaluation
from hexi.portal.evaluations.models import EvaluationReport, ReportState
from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target
from hexi.portal.scoreboard.models import MonitoredTarget
from tests.portal.office import AT, STAFF, TITLE, Office

KEY = "overall.judged"
THEN, NOW = date(2019, 6, 30), date(2026, 11, 1)
EVERYBODY = (*(username for username, _, _ in STAFF), "")


def pack_plan(pack_id: str = "gs-open-135") -> PlanRow:
    return PlanRow.objects.get(pack_id=pack_id)


def draft(office: Office, day: date = NOW, kind: str = "final") -> EvaluationReport:
    return start_evaluation(pack_plan().pk, kind, day, by=office.person("province"), at=AT)


def sentence(report: EvaluationReport, key: str = KEY) -> str:
    return next(one.said.zh for one in report.evaluation().sentences() if one.key == key)


def test_a_plan_is_evaluated_from_a_page_and_read_in_word(office: Office) -> None:
    client = office.client("province")
    sent = {"plan": pack_plan().pk, "kind": "final", "as_of": NOW.isoformat()}
    answer = client.post("/evaluations/", sent, follow=True)
    page = answer.content.decode()
    assert "总结评估报告" in page
    assert "120亿美元" in page and "55.30亿美元" in page
    assert 'href="#evidence-' in page
    report = EvaluationReport.objects.get()
    file = client.get(f"/evaluations/{report.pk}/report.docx")
    text = "".join(one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert "55.30亿美元" in text
    assert client.get(f"/evaluations/{report.pk}/report.json").json()["kind"] == "final"
    english = client.get(f"/evaluations/{report.pk}/", headers={"accept-language": "en"})
    assert english.status_code == 200


def test_evidence_of_a_target_leads_to_its_page(office: Office) -> None:
    report = draft(office)
    page = office.client("province").get(f"/evaluations/{report.pk}/").content.decode()
    target = pack_plan().targets.get(pack_id="gs-open-135.trade")
    assert f'href="/targets/{target.pk}/"' in page


def test_words_are_kept_when_the_figures_are_computed_again(office: Office) -> None:
    by = office.person("province")
    report = draft(office, THEN, "midterm")
    word_evaluation(report.pk, KEY, "zh", "三项有数据。", by=by, at=AT)
    renew_evaluation(report.pk, NOW, by=by, at=AT)
    page = office.client("province").get(f"/evaluations/{report.pk}/").content.decode()
    assert "三项有数据。" in page
    report.refresh_from_db()
    assert f"现数据: {sentence(report)}" in page


def test_empty_words_bring_the_computed_sentence_back(office: Office) -> None:
    by = office.person("province")
    report = draft(office)
    word_evaluation(report.pk, KEY, "zh", "改。", by=by, at=AT)
    word_evaluation(report.pk, KEY, "zh", "", by=by, at=AT)
    assert report.wordings.count() == 0


def test_nobodys_words_are_written_over_unseen(office: Office) -> None:
    by = office.person("province")
    report = draft(office)
    first = sentence(report)
    word_evaluation(report.pk, KEY, "zh", "甲。", by=by, at=AT, seen=first)
    with pytest.raises(Refusal) as told:
        word_evaluation(report.pk, KEY, "zh", "乙。", by=by, at=AT, seen=first)
    assert told.value.code == "changed_meanwhile"
    assert report.wordings.get().text == "甲。"


def test_an_issued_report_no_longer_changes(office: Office) -> None:
    by = office.person("province")
    report = draft(office)
    issue_evaluation(report.pk, by=by, at=AT)
    for step in (
        lambda: word_evaluation(report.pk, KEY, "zh", "改。", by=by, at=AT),
        lambda: renew_evaluation(report.pk, THEN, by=by, at=AT),
        lambda: drop_evaluation(report.pk, by=by, at=AT),
    ):
        with pytest.raises(Refusal):
            step()
    report.refresh_from_db()
    assert report.state == ReportState.ISSUED


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("final", date(2019, 1, 1), "too_early"),
        ("midterm", date(2031, 1, 1), "day_to_come"),
        ("weekly", NOW, "kind"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused(
    office: Office, kind: str, day: date, code: str
) -> None:
    with pytest.raises(Refusal) as told:
        draft(office, day, kind)
    assert told.value.code == code
    assert not EvaluationReport.objects.exists()


def test_an_uploaded_plan_brings_its_tasks_and_projects(office: Office) -> None:
    report = start_evaluation(office.plan.pk, "midterm", NOW, by=office.person("zone"), at=AT)
    blanks = {blank.key for blank in report.evaluation().blanks()}
    assert any(key.startswith("task.") for key in blanks)
    key = next(key for key in sorted(blanks) if key.startswith("task."))
    word_evaluation(report.pk, key, "zh", "已完成", by=office.person("zone"), at=AT)
    page = office.client("zone").get(f"/evaluations/{report.pk}/").content.decode()
    assert "<option selected>已完成</option>" in page


def test_the_library_says_how_far_a_plans_projects_are(office: Office) -> None:
    zone, plan = office.person("zone"), office.plan
    name = plan.register()["boxes"][0]["projects"][0]["name"]
    register_record(
        {"name": "库内另一名称", "kind": "enterprise", "unit": plan.unit, "total": 500_000_000,
         "plan": plan.pk, "plan_project": f"“{name}”"},
        by=zone, at=AT,
    )  # fmt: skip
    # on a day before it was entered nothing was known of it
    assert not _recorded(start_evaluation(plan.pk, "midterm", NOW, by=zone, at=AT))
    told = _recorded(start_evaluation(plan.pk, "midterm", AT.date(), by=zone, at=AT))
    assert told == {name: "储备"}


def _recorded(report: EvaluationReport) -> dict[str, str]:
    """Projects of the report whose state is known, with the state."""
    rows = (
        row
        for section in report.evaluation().walk()
        if section.key == "projects"
        for part in section.parts
        if isinstance(part, Sheet)
        for row in part.rows
    )
    return {row.cells[0].zh: row.cells[3].zh for row in rows if row.blank is None}


def test_a_mid_term_report_says_how_far_targets_are_and_what_was_changed(office: Office) -> None:
    target = MonitoredTarget.objects.get(key="gs-open-135.trade")
    adjust_target(
        target.pk,
        Change(value="100"),
        reason="外需收缩",
        authority="省政府常务会议",
        document="甘政办〔2018〕1号",
        by=office.person("province"),
        at=datetime(2018, 3, 1, tzinfo=UTC),
    )
    report = draft(office, date(2018, 10, 31), "midterm")
    assert "2017年为48.26亿美元" in sentence(report, "progress.gs-open-135.trade")
    told = sentence(report, "changes.gs-open-135.trade.1")
    assert "由2020年120亿美元调整为2020年100亿美元" in told
    assert "甘政办〔2018〕1号" in told
    earlier = draft(office, date(2017, 12, 31), "midterm")
    assert "changes" not in {section.key for section in earlier.evaluation().walk()}


def test_a_withdrawn_target_stands_among_the_changes_alone(office: Office) -> None:
    before = draft(office, date(2018, 10, 31), "midterm")
    assert sentence(before, "progress.gs-open-135.trade")
    adjust_target(
        MonitoredTarget.objects.get(key="gs-open-135.trade").pk,
        Change(withdraw=True),
        reason="职能调整",
        authority="省政府常务会议",
        document="甘政办〔2018〕2号",
        by=office.person("province"),
        at=datetime(2018, 3, 1, tzinfo=UTC),
    )
    report = draft(office, date(2018, 10, 31), "midterm")
    told = sentence(report, "changes.gs-open-135.trade.1")
    assert "2018-03-01撤销（原为2020年120亿美元）" in told and "甘政办〔2018〕2号" in told
    assert sentence(report, "changes.count") == "规划执行中撤销目标1项。"
    keys = {one.key for one in report.evaluation().sentences()}
    assert "progress.gs-open-135.trade" not in keys


def test_every_step_leaves_exactly_one_event(office: Office) -> None:
    by = office.person("province")
    count = office.events()
    report = draft(office)
    word_evaluation(report.pk, KEY, "zh", "改。", by=by, at=AT)
    renew_evaluation(report.pk, THEN if report.kind != "final" else NOW, by=by, at=AT)
    issue_evaluation(report.pk, by=by, at=AT)
    other = draft(office)
    drop_evaluation(other.pk, by=by, at=AT)
    acts = list(Event.objects.order_by("id").values_list("act", flat=True))[count:]
    assert acts == [
        "start_evaluation",
        "word_evaluation",
        "renew_evaluation",
        "issue_evaluation",
        "start_evaluation",
        "drop_evaluation",
    ]


@pytest.mark.parametrize("who", EVERYBODY)
def test_drafts_are_the_business_of_the_plans_own_office(who: str, office: Office) -> None:
    report = start_evaluation(office.plan.pk, "midterm", NOW, by=office.person("zone"), at=AT)
    inside = who in ("admin", "province", "zone", "reader")
    client = office.client(who)
    for address in (
        f"/evaluations/{report.pk}/",
        f"/evaluations/{report.pk}/report.docx",
        f"/api/evaluations/{report.pk}",
    ):
        assert client.get(address).status_code == (200 if inside else 404)
    listed = client.get("/evaluations/").content.decode()
    assert (TITLE in listed) == inside
    items = client.get("/api/evaluations").json()["items"]
    assert bool(items) == inside


def test_who_may_only_read_or_stands_outside_takes_no_step(office: Office) -> None:
    report = draft(office)
    for who, refused in (("reader", Refusal), ("stranger", NotFound), ("", NotFound)):
        with pytest.raises(refused):
            word_evaluation(report.pk, KEY, "zh", "改。", by=office.person(who), at=AT)
    with pytest.raises(NotPermitted):
        start_evaluation(pack_plan().pk, "final", NOW, by=office.person("stranger"), at=AT)
    for step in ("word", "renew", "issue", "drop"):
        answer = office.client("stranger").post(f"/evaluations/{report.pk}/{step}/", {"text": "x"})
        assert answer.status_code in (403, 404)
    assert EvaluationReport.objects.get().wordings.count() == 0


def test_the_public_reads_what_was_issued_of_a_published_plan(office: Office) -> None:
    report = draft(office)
    assert pack_plan().published
    assert office.client("").get(f"/evaluations/{report.pk}/").status_code == 404
    issue_evaluation(report.pk, by=office.person("province"), at=AT)
    page = office.client("").get(f"/evaluations/{report.pk}/")
    assert page.status_code == 200
    assert "改写" not in page.content.decode(), "nothing to edit for the public"


def test_the_api_starts_words_and_issues(office: Office) -> None:
    client = office.client("province")
    sent = {"plan": pack_plan().pk, "kind": "midterm", "as_of": THEN.isoformat()}
    made = client.post("/api/evaluations", sent, content_type="application/json")
    assert made.status_code == 201
    place = f"/api/evaluations/{made.json()['id']}"
    words = {"part": "proposal.general", "text": "加强统计。"}
    assert client.put(f"{place}/words", words, content_type="application/json").status_code == 200
    assert client.post(f"{place}/issue").json()["state"] == "issued"
    report = client.get(place).json()["report"]
    assert "加强统计。" in str(report["sections"])
    again = client.post(
        f"{place}/renew", {"as_of": NOW.isoformat()}, content_type="application/json"
    )
    assert again.status_code == 409


def test_an_empty_list_says_what_to_do_next(office: Office) -> None:
    assert "还没有评估报告" in office.client("province").get("/evaluations/").content.decode()
