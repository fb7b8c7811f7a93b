"""Correcting what is published (更正已公布结果): a new edition takes its place, and both stay."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest

from hexi.portal.assessment.acts.amend_run import amend_run
from hexi.portal.assessment.acts.archive_run import archive_run
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.correct_value import correct_value
from hexi.portal.assessment.acts.decide_case import decide_case
from hexi.portal.assessment.acts.drop_run import drop_run
from hexi.portal.assessment.acts.file_objection import file_objection
from hexi.portal.assessment.acts.hear_unit import hear_unit
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.revoke_decision import revoke_decision
from hexi.portal.assessment.models import AssessmentRun, CaseStage, OutcomeCase, RunState
from hexi.portal.assessment.queries.decisions import decisions_before
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from tests.portal.assessment.parks import computed
from tests.portal.assessment.test_outcomes import ZONES, published, removal
from tests.portal.office import AT, Office

LATER = AT + timedelta(days=30)
WHY = "统计局2026年11月更正安宁园区地区生产总值"


def shown(office: Office) -> AssessmentRun:
    by, run = office.person("zone"), computed(office)
    review_run(run.pk, by=by, at=AT)
    return publish_run(run.pk, by=by, at=AT)


def corrected(office: Office) -> tuple[AssessmentRun, AssessmentRun]:
    """A published result and the edition that superseded it."""
    by, old = office.person("zone"), shown(office)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    correct_value(new.pk, "etdz-an", "gdp", "13.27", "错了小数点", by=by, at=LATER)
    compute_run(new.pk, by=by, at=LATER)
    review_run(new.pk, by=by, at=LATER)
    publish_run(new.pk, by=by, at=LATER)
    return AssessmentRun.objects.get(pk=old.pk), AssessmentRun.objects.get(pk=new.pk)


def test_a_correction_supersedes_and_keeps_what_was_published(office: Office) -> None:
    old, new = corrected(office)
    assert (old.state, new.state) == (RunState.SUPERSEDED, RunState.PUBLISHED)
    assert (new.edition, new.supersedes_id, new.scheme) == (2, old.pk, old.scheme)
    assert old.result_digest != new.result_digest
    assert old.matrix.digest() == old.data_digest and new.matrix.digest() == new.data_digest
    scores = {row.code: row.score for row in old.assessed.all()}
    assert scores["etdz-an"] != new.assessed.get(code="etdz-an").score
    acts = set(Event.objects.values_list("act", flat=True))
    assert {"amend_run", "supersede_run", "publish_run"} <= acts


def test_the_public_pages_of_both_say_so(office: Office) -> None:
    old, new = corrected(office)
    public = office.client("")
    page = public.get(f"/assessment/runs/{old.pk}/ranking/").content.decode()
    assert "由第2次公布的结果取代" in page and WHY in page
    assert f'href="/assessment/runs/{new.pk}/ranking/"' in page
    page = public.get(f"/assessment/runs/{new.pk}/ranking/").content.decode()
    assert "更正2026-" in page and "第1次公布的结果" in page and WHY in page
    assert f'href="/assessment/runs/{old.pk}/ranking/"' in page
    # which value was corrected is public, the value itself is not
    assert "安宁园区 · 地区生产总值" in page and "13.27" not in page
    assert "更正前名次" in page
    client = office.client("zone")
    row = old.assessed.get(code="etdz-an")
    there = new.assessed.get(code="etdz-an")
    page = client.get(f"/assessment/units/{row.pk}/").content.decode()
    assert f'href="/assessment/units/{there.pk}/"' in page
    for run, said in ((old, "取代"), (new, "第2次公布")):
        content = client.get(f"/assessment/runs/{run.pk}/result.docx").content
        text = "".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
        assert said in text and WHY in text
    item = client.get(f"/api/assessments/{old.pk}").json()
    assert item["state"] == "superseded" and item["superseded_by"] == new.pk
    assert client.get(f"/api/assessments/{new.pk}").json()["supersedes"] == old.pk


def test_until_it_is_published_the_old_one_is_in_force(office: Office) -> None:
    by, old = office.person("zone"), shown(office)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    assert AssessmentRun.objects.get(pk=old.pk).state == RunState.PUBLISHED
    page = office.client("zone").get(f"/assessment/runs/{old.pk}/").content.decode()
    assert "正在办理" in page and "开始更正" not in page
    page = office.client("").get(f"/assessment/runs/{old.pk}/ranking/").content.decode()
    assert "正在办理" not in page and WHY not in page
    assert office.client("").get(f"/assessment/runs/{new.pk}/ranking/").status_code == 404
    with pytest.raises(Refusal) as second:
        amend_run(old.pk, WHY, by=by, at=LATER)
    assert second.value.code == "second_correction"
    compute_run(new.pk, by=by, at=LATER)
    review_run(new.pk, by=by, at=LATER)
    with pytest.raises(Refusal) as same:
        publish_run(new.pk, by=by, at=LATER)
    assert same.value.code == "nothing_corrected"


def test_a_draft_of_a_correction_can_be_dropped(office: Office) -> None:
    by, old = office.person("zone"), shown(office)
    archive_run(old.pk, by=by, at=AT)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    drop_run(new.pk, by=by, at=LATER)
    assert amend_run(old.pk, WHY, by=by, at=LATER).edition == 2
    assert AssessmentRun.objects.get(pk=old.pk).state == RunState.ARCHIVED


def test_it_needs_a_reason_a_published_result_and_the_permission(office: Office) -> None:
    by, draft = office.person("zone"), computed(office)
    with pytest.raises(Refusal) as told:
        amend_run(draft.pk, WHY, by=by, at=AT)
    assert told.value.code == "wrong_state"
    review_run(draft.pk, by=by, at=AT)
    old = publish_run(draft.pk, by=by, at=AT)
    with pytest.raises(Refusal):
        amend_run(old.pk, " ", by=by, at=AT)
    for who in ("park", "reader", "stranger", ""):
        with pytest.raises((NotFound, NotPermitted)):
            amend_run(old.pk, WHY, by=office.person(who), at=AT)
    row = old.assessed.get(code="etdz-an")
    file_objection(row.pk, "口径不同", by=by, at=AT)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    correct_value(new.pk, "etdz-an", "gdp", "13.27", "错了小数点", by=by, at=LATER)
    compute_run(new.pk, by=by, at=LATER)
    review_run(new.pk, by=by, at=LATER)
    # an objection to the edition before must be answered too, and is seen from the new one
    with pytest.raises(Refusal) as waits:
        publish_run(new.pk, by=by, at=LATER)
    assert waits.value.code == "open_objections"
    there = new.assessed.get(code="etdz-an")
    page = office.client("zone").get(f"/assessment/units/{there.pk}/").content.decode()
    assert "口径不同" in page


def test_the_page_begins_a_correction(office: Office) -> None:
    old, client = shown(office), office.client("zone")
    page = client.get(f"/assessment/runs/{old.pk}/").content.decode()
    assert "更正已公布结果" in page
    response = client.post(f"/assessment/runs/{old.pk}/correction/", {"reason": ""})
    assert response.status_code == 422 and "更正已公布结果" in response.content.decode()
    response = client.post(f"/assessment/runs/{old.pk}/correction/", {"reason": WHY})
    new = AssessmentRun.objects.get(supersedes=old)
    assert response.url == f"/assessment/runs/{new.pk}/"
    page = client.get(response.url).content.decode()
    assert "第2次公布" in page and WHY in page and "更正数据" in page


def superseded_round(office: Office, moved: str) -> tuple[OutcomeCase, AssessmentRun]:
    """A removal case of 2019, and the corrected edition in which ``moved`` is the last no more."""
    by = office.person("province")
    published(office, 2018)
    old = published(office, 2019)
    case = removal(old, moved)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    for item in new.scheme_of.items():
        value = "200" if item.direction > 0 else "1"
        correct_value(new.pk, moved, item.id, value, "报错单位", by=by, at=LATER)
    compute_run(new.pk, by=by, at=LATER)
    review_run(new.pk, by=by, at=LATER)
    return case, new


def test_cases_that_nobody_decided_lapse_with_the_result(office: Office) -> None:
    case, new = superseded_round(office, ZONES[-1])
    publish_run(new.pk, by=office.person("province"), at=LATER)
    case.refresh_from_db()
    assert case.stage == CaseStage.LAPSED and case.next_act is None
    opened = OutcomeCase.objects.filter(assessed__run=new, state="removal_candidate")
    assert ZONES[-1] not in set(opened.values_list("assessed__code", flat=True))
    assert opened.count() == 4
    page = office.client("province").get(f"/assessment/cases/{case.pk}/").content.decode()
    assert "失效" in page and "由第2次公布的结果取代" in page


def test_a_decision_stands_until_it_is_revoked(office: Office) -> None:
    by, zone = office.person("province"), ZONES[-2]
    published(office, 2018)
    old = published(office, 2019)
    case = removal(old, zone)
    hear_unit(case.pk, date(2026, 12, 1), "请陈述意见", by=by, at=AT)
    decide_case(case.pk, True, "同意", by=by, at=LATER)
    new = amend_run(old.pk, WHY, by=by, at=LATER)
    item = next(new.scheme_of.items()).id
    correct_value(new.pk, zone, item, "71.5", "更正", by=by, at=LATER)
    for act in (compute_run, review_run, publish_run):
        act(new.pk, by=by, at=LATER)
    case.refresh_from_db()
    assert case.stage == CaseStage.ADOPTED
    # decided already: not opened a second time on the new edition
    again = OutcomeCase.objects.filter(assessed__run=new, assessed__code=zone)
    assert set(again.values_list("state", flat=True)) == {"talk"}
    assert [(one.unit, one.year) for one in decisions_before(new)] == [(zone, 2019)]
    client, url = office.client("province"), f"/assessment/cases/{case.pk}/"
    assert "撤销决定" in client.get(url).content.decode()
    with pytest.raises(Refusal):
        revoke_decision(case.pk, " ", by=by, at=LATER)
    client.post(f"{url}revocation/", {"text": "所依据的结果已更正", "number": "甘商〔2026〕9号"})
    case.refresh_from_db()
    assert case.stage == CaseStage.REVOKED and not case.adopted
    assert decisions_before(new) == ()
    page = client.get(url).content.decode()
    assert "所依据的结果已更正" in page and "甘商〔2026〕9号" in page
    with pytest.raises(Refusal) as told:
        revoke_decision(case.pk, "再次", by=by, at=LATER)
    assert told.value.code == "nothing_adopted"
