"""What follows from rounds (动态管理): twice running among the last five (rules of 2016)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import pytest
import xlsxwriter

from hexi.assessment.scheme.checking import classes_of
from hexi.portal.assessment.acts.answer_hearing import answer_hearing
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.decide_case import decide_case
from hexi.portal.assessment.acts.hear_unit import hear_unit
from hexi.portal.assessment.acts.load_sheet import load_sheet
from hexi.portal.assessment.acts.notify_unit import notify_unit
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.models import AssessmentRun, CaseStage, OutcomeCase
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.warehouse.loading.workbook import read_workbook
from tests.portal.office import AT, Office

LATER = AT + timedelta(days=30)
ZONES = tuple(f"甲区{number}" for number in range(1, 31))


def sheet_of(run: AssessmentRun, year: int, zones: tuple[str, ...]) -> bytes:
    """Zones whose order never changes: the first is the best at everything."""
    items = list(run.scheme_of.items())
    region = classes_of(run.scheme_of)[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["主体", "年份", "区域", *(item.id for item in items)])
    for place, zone in enumerate(zones):
        writer.writerow([zone, year, region, *(100 - item.direction * place for item in items)])
    return buffer.getvalue().encode()


def round_of(office: Office, year: int, zones: tuple[str, ...] = ZONES) -> AssessmentRun:
    """A computed run of the province."""
    by = office.person("province")
    run = start_run("etdz", year, "gs", by=by, at=AT)
    load_sheet(run.pk, sheet_of(run, year, zones), "轮次.csv", by=by, at=AT)
    return compute_run(run.pk, by=by, at=AT)


def published(office: Office, year: int, zones: tuple[str, ...] = ZONES) -> AssessmentRun:
    by, run = office.person("province"), round_of(office, year, zones)
    review_run(run.pk, by=by, at=AT)
    return publish_run(run.pk, by=by, at=AT)


def removal(run: AssessmentRun, zone: str = ZONES[-1]) -> OutcomeCase:
    found: OutcomeCase = OutcomeCase.objects.get(
        assessed__run=run, assessed__code=zone, state="removal_candidate"
    )
    return found


def removed(office: Office) -> OutcomeCase:
    """Two rounds running among the last five, heard, decided, notified."""
    by = office.person("province")
    published(office, 2018)
    case = removal(published(office, 2019))
    hear_unit(case.pk, date(2026, 12, 10), "请就两轮名次陈述意见", by=by, at=AT)
    answer_hearing(case.pk, "2019年主要企业搬迁", by=by, at=AT)
    decide_case(case.pk, True, "报请批准退出", number="甘商〔2026〕1号", by=by, at=LATER)
    notify_unit(case.pk, "即日起停用国家级名称", by=by, at=LATER)
    case.refresh_from_db()
    return case


def words(content: bytes) -> str:
    return "".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_before_publication_a_proposal_is_shown_and_nothing_is_put_forward(
    office: Office,
) -> None:
    run, client = round_of(office, 2018), office.client("province")
    page = client.get(f"/assessment/runs/{run.pk}/outcomes/").content.decode()
    assert "约谈" in page and "退出候选" not in page and "尚未正式提出" in page
    assert not OutcomeCase.objects.exists()


def test_two_rounds_running_among_the_last_five_end_in_a_removal_proposal(office: Office) -> None:
    client = office.client("province")
    published(office, 2018)
    second = published(office, 2019)
    page = client.get(f"/assessment/runs/{second.pk}/outcomes/").content.decode()
    said = [line for line in page.split("</article>") if 'class="tag">退出候选' in line]
    assert len(said) == 5
    assert all(any(zone in line for zone in ZONES[-5:]) for line in said)
    assert "2018年度" in said[0] and "2019年度" in said[0]
    url = said[0].split('href="')[-1].split('"')[0]
    page = client.get(url).content.decode()
    assert "连续两年列全国后五位" in page and 'name="answer_by"' in page
    assert "甲区" in words(client.get(f"{url}proposal.docx").content)
    assert client.get(f"{url}decision.docx").status_code == 404
    assert office.client("zone").get(url).status_code == 404


def test_the_chain_goes_from_hearing_to_notice_and_its_documents_say_what_was_done(
    office: Office,
) -> None:
    case = removed(office)
    assert case.stage == CaseStage.NOTIFIED and case.adopted and case.next_act is None
    kinds = list(case.steps.values_list("kind", flat=True))
    assert kinds == ["proposal", "hearing", "answer", "decision", "notice"]
    acts = Event.objects.filter(object_type="outcomecase").values_list("act", flat=True)
    assert sorted(acts) == ["answer_hearing", "decide_case", "hear_unit", "notify_unit"]
    client, url = office.client("province"), f"/assessment/cases/{case.pk}/"
    decision = words(client.get(f"{url}decision.docx").content)
    assert "采纳上述建议" in decision and "报请批准退出" in decision
    assert "2019年主要企业搬迁" in decision and "甘商〔2026〕1号" in decision
    hearing = words(client.get(f"{url}hearing.docx").content)
    assert "2026年12月10日" in hearing and "2019年主要企业搬迁" not in hearing
    page = client.get("/assessment/cases/").content.decode()
    assert "退出候选" in page and "已送达" in page


def test_nothing_is_decided_before_the_unit_could_answer(office: Office) -> None:
    by = office.person("province")
    published(office, 2018)
    case = removal(published(office, 2019))
    for step in (
        lambda: decide_case(case.pk, True, "同意", by=by, at=AT),
        lambda: notify_unit(case.pk, "同意", by=by, at=AT),
        lambda: answer_hearing(case.pk, "不同意", by=by, at=AT),
    ):
        with pytest.raises(Refusal) as told:
            step()
        assert told.value.status == 409
    with pytest.raises(Refusals) as faults:
        hear_unit(case.pk, date(2026, 11, 1), "", by=by, at=AT)
    assert {one.code for one in faults.value.parts} == {"reason_missing", "no_term"}
    hear_unit(case.pk, date(2026, 12, 10), "请陈述意见", by=by, at=AT)
    with pytest.raises(Refusals) as faults:
        decide_case(case.pk, None, "", by=by, at=AT)
    assert {one.code for one in faults.value.parts} == {"no_words", "no_decision", "being_heard"}
    # the term has passed without an answer
    assert decide_case(case.pk, False, "不予采纳", by=by, at=LATER).stage == CaseStage.REFUSED
    letter = words(
        office.client("province").get(f"/assessment/cases/{case.pk}/decision.docx").content
    )
    assert "不采纳上述建议" in letter and "未提出陈述、申辩" in letter


def test_only_who_publishes_takes_a_step(office: Office) -> None:
    published(office, 2018)
    case = removal(published(office, 2019))
    for who in ("zone", "park", "reader", "stranger", ""):
        with pytest.raises((NotFound, NotPermitted)):
            hear_unit(case.pk, date(2026, 12, 10), "请陈述", by=office.person(who), at=AT)
    assert office.client("").get("/assessment/cases/").status_code == 302


def test_a_unit_that_has_left_is_assessed_no_more(office: Office) -> None:
    case, by = removed(office), office.person("province")
    with pytest.raises(Refusal) as told:
        round_of(office, 2020)
    assert told.value.place == ZONES[-1] and "退出" in str(told.value.message)
    run = AssessmentRun.objects.get(year=2020)
    content = sheet_of(run, 2020, ZONES[:-1])
    load_sheet(run.pk, content, "轮次.csv", by=by, at=AT)
    run = compute_run(run.pk, by=by, at=AT)
    assert case.assessed.code not in run.matrix.units
    assert [one.unit for one in run.matrix.decided] == [ZONES[-1]]
    assert run.matrix.digest() == run.data_digest


def filled_in(handed: bytes, cell: Callable[[str, str, list[Any]], Any]) -> bytes:
    """The sheet as it is handed out, filled in: ``cell`` of sheet, head and row gives the value."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for sheet in read_workbook("表.xlsx", handed, lambda cells: "主体" in cells):
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, sheet.header)
        columns = [column.to_pylist() for column in sheet.columns]
        for number in range(sheet.rows):
            row = [column[number] for column in columns]
            given = [cell(sheet.name, head, row) for head in sheet.header]
            page.write_row(
                number + 1, 0, [b if b is not None else a for a, b in zip(row, given, strict=True)]
            )
    book.close()
    return buffer.getvalue()


def zones_run(
    office: Office, year: int, facts: dict[tuple[str, str], tuple[float, str]]
) -> AssessmentRun:
    """Zones of the province on the sheet as it is handed out; the first is the best at all."""
    by = office.person("province")
    run = start_run("gs-zones", year, "gs", by=by, at=AT)
    handed = office.client("province").get(f"/assessment/runs/{run.pk}/sheet.xlsx").content
    items = {f"{one.name.zh}（{one.unit}）" if one.unit else one.name.zh: one
             for one in run.scheme_of.items()}  # fmt: skip
    order: list[str] = []

    def cell(sheet: str, head: str, row: list[Any]) -> Any:
        if sheet == "动态管理条件":
            known = facts.get((row[0], row[2]))
            return dict(zip(("数值", "依据"), known, strict=True)).get(head) if known else None
        if row[0] not in order:
            order.append(row[0])
        if head in items:
            return 100 - items[head].direction * order.index(row[0])
        return {"类型": "创新驱动型", "级别": "省级", "省份": "甘肃"}.get(head)

    load_sheet(run.pk, filled_in(handed, cell), "开发区.xlsx", by=by, at=AT)
    compute_run(run.pk, by=by, at=AT)
    review_run(run.pk, by=by, at=AT)
    return publish_run(run.pk, by=by, at=AT)


def test_conditions_that_units_report_are_judged_by_the_rules(office: Office) -> None:
    client = office.client("province")
    first = zones_run(office, 2022, {})
    best = [row.code for row in first.assessed.order_by("rank")[:3]]
    page = client.get(f"/assessment/runs/{first.pk}/").content.decode()
    assert "无主体申报" in page
    second = zones_run(
        office, 2023,
        {(best[0], "土地建成率（%）"): (93.5, "土地调查表第3页"),
         (best[1], "土地建成率（%）"): (60, "土地调查表第4页")},
    )  # fmt: skip
    assert {(one.unit, one.value) for one in second.matrix.facts} == {
        (best[0], 93.5),
        (best[1], 60),
    }
    up = OutcomeCase.objects.filter(assessed__run=second, state="upgrade_candidate")
    assert {one.assessed.code for one in up} == {best[0], best[2]}
    case = up.get(assessed__code=best[0])
    page = client.get(f"/assessment/cases/{case.pk}/").content.decode()
    assert "93.5%，依据：土地调查表第3页" in page and "未报" in page
    letter = words(client.get(f"/assessment/cases/{case.pk}/proposal.docx").content)
    assert "申报并符合条件：土地建成率不低于80%（93.5%，依据：土地调查表第3页）" in letter
    page = client.get(f"/assessment/runs/{second.pk}/outcomes/").content.decode()
    assert "名次符合而条件不符" in page and "60%，依据：土地调查表第4页" in page
    page = client.get(f"/assessment/runs/{second.pk}/").content.decode()
    assert "土地调查表第3页" in page
    again = AssessmentRun.objects.get(pk=second.pk)
    assert again.matrix.digest() == again.data_digest


def test_who_is_at_risk_next_year_is_said_with_its_chance(office: Office) -> None:
    published(office, 2018)
    second, client = round_of(office, 2019), office.client("province")
    url = f"/assessment/runs/{second.pk}/next-year/"
    page = client.get(url).content.decode()
    assert "2020年" in page and "退出候选" in page and "<rect" in page
    # nobody's score changed between the rounds, so the last five stay where they are
    own = f'<th scope="row">{ZONES[-1]}</th>'
    row = next(line for line in page.split("</tr>") if own in line and "退出候选" in line)
    assert ">100<" in row and "2019" in row
    first = AssessmentRun.objects.get(year=2018)
    page = client.get(f"/assessment/runs/{first.pk}/next-year/").content.decode()
    assert "年份太少" in page
    assert office.client("zone").get(url).status_code == 404
