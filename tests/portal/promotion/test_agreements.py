"""Agreements (招商协议): no signature without a fair-competition check by another person."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.promotion.acts.change_agreement import change_agreement
from hexi.portal.promotion.acts.check_agreement import check_agreement
from hexi.portal.promotion.acts.drop_agreement import drop_agreement
from hexi.portal.promotion.acts.sign_agreement import sign_agreement
from hexi.portal.promotion.models import Agreement, FairCheck
from hexi.promotion.fair_competition import Answer
from tests.portal.promotion.desk import AT, SERVICE, TAX, TODAY, PromotionDesk

SAID = {"heard": "征求了省商会和三家同业企业意见。", "reason": "未发现限制竞争的内容。"}


def checked(desk: PromotionDesk, row: Agreement, by: str = "second", **given: Answer) -> FairCheck:
    return check_agreement(row.pk, desk.answers(row, **given), **SAID, by=desk.person(by), at=AT)


def talks(desk: PromotionDesk) -> Agreement:
    project = desk.registered(name="变频器项目", investor="新域装备有限公司", total=3 * 10**8,
                              stage="in_talks")  # fmt: skip
    from hexi.portal.promotion.acts.draft_agreement import draft_agreement

    given = {"title": "变频器项目投资协议", "parties": "管委会、新域装备", "amount": "2亿元"}
    return draft_agreement(project.pk, given, (SERVICE,), by=desk.person("zone"), at=AT)


def test_a_draft_is_not_signed_before_its_check(desk: PromotionDesk) -> None:
    row = talks(desk)
    with pytest.raises(Refusal, match="not_checked"):
        sign_agreement(row.pk, day=TODAY, by=desk.person("zone"), at=AT)
    row.refresh_from_db()
    assert row.state == "draft" and row.project.stage == "in_talks"


def test_the_project_is_not_signed_past_its_draft(desk: PromotionDesk) -> None:
    """Moving the project by hand is no way around the check."""
    row = talks(desk)
    with pytest.raises(Refusal, match="agreement_waits"):
        desk.moved(row.project, "signed")
    drop_agreement(row.pk, "改用框架协议", by=desk.person("zone"), at=AT)
    assert desk.moved(row.project, "signed").stage == "signed"


def test_the_drafter_does_not_check(desk: PromotionDesk) -> None:
    with pytest.raises(Refusal, match="own_draft"):
        checked(desk, talks(desk), by="zone")
    assert not FairCheck.objects.exists()


def test_a_check_that_passes_lets_it_be_signed_and_moves_the_project(desk: PromotionDesk) -> None:
    row = talks(desk)
    made = checked(desk, row)
    assert made.result == "passed"
    before = Event.objects.count()
    sign_agreement(row.pk, day=TODAY, number="兰经开招〔2026〕12号", by=desk.person("zone"), at=AT)
    row.refresh_from_db()
    assert row.state == "signed" and row.project.stage == "signed"
    spell = row.project.spells.get(stage="signed")
    assert "兰经开招〔2026〕12号" in spell.evidence
    # the signing and the step of the project are two official acts
    assert Event.objects.count() == before + 2
    with pytest.raises(Refusal, match="wrong_state"):
        drop_agreement(row.pk, "不签了", by=desk.person("zone"), at=AT)


def test_a_tax_favour_is_refused_with_its_article(desk: PromotionDesk) -> None:
    row = desk.draft(SERVICE, TAX)
    made = checked(desk, row, r2_10_1=Answer(contains=True))
    assert made.result == "refused"
    assert [one["article"] for one in made.findings if one["verdict"] == "forbidden"] == [
        "第十条第一项"
    ]
    with pytest.raises(Refusal) as told:
        sign_agreement(row.pk, day=TODAY, by=desk.person("zone"), at=AT)
    assert told.value.code == "check_refused" and "第十条第一项" in str(told.value.message)


def test_with_a_legal_basis_it_stands_as_an_exception(desk: PromotionDesk) -> None:
    row = desk.draft(TAX)
    ground = Answer(True, "law", "《中华人民共和国企业所得税法》第二十九条")
    assert checked(desk, row, r1_10_1=ground).result == "excepted"
    row.refresh_from_db()
    assert row.state == "passed"


def test_a_change_makes_the_check_void(desk: PromotionDesk) -> None:
    row = talks(desk)
    checked(desk, row)
    head = {"title": row.title, "parties": row.parties, "amount": "2亿元"}
    by = desk.person("second")
    change_agreement(row.pk, head, (SERVICE, TAX), by=by, at=AT, seen=1)
    row.refresh_from_db()
    assert (row.version, row.state, row.drafter_id) == (2, "draft", by.pk if by else 0)
    with pytest.raises(Refusal, match="not_checked"):
        sign_agreement(row.pk, day=TODAY, by=desk.person("zone"), at=AT)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        change_agreement(row.pk, head, (SERVICE,), by=by, at=AT, seen=1)


def test_open_questions_and_an_empty_conclusion_are_told_together(desk: PromotionDesk) -> None:
    row = desk.draft(TAX)
    with pytest.raises(Refusals) as told:
        check_agreement(row.pk, {}, heard="", reason=" ", by=desk.person("second"), at=AT)
    codes = {part.code for part in told.value.parts}
    assert codes == {"questions_open", "nobody_heard", "reason_missing"}


def test_a_signature_is_not_older_than_its_check(desk: PromotionDesk) -> None:
    row = talks(desk)
    checked(desk, row)
    with pytest.raises(Refusal, match="signed_before_check"):
        sign_agreement(row.pk, day=date(2026, 11, 19), by=desk.person("zone"), at=AT)
    row.refresh_from_db()
    assert row.state == "passed"


def test_a_clause_without_kind_or_text_is_named(desk: PromotionDesk) -> None:
    with pytest.raises(Refusals) as told:
        desk.draft(("", "内容"), ("tax", " "))
    assert {part.place for part in told.value.parts} == {"kind-1", "text-2"}


def test_the_record_of_a_check_is_a_word_document(desk: PromotionDesk) -> None:
    row = desk.draft(SERVICE, TAX)
    made = checked(desk, row, r2_10_1=Answer(contains=True))
    answer = desk.client("reader").get(f"/promotion/checks/{made.pk}.docx")
    assert answer.status_code == 200
    page = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in page.tables for line in table.rows for cell in line.cells]
    text = "\n".join([*(p.text for p in page.paragraphs), *cells])
    for said in ("公平竞争审查表", "第十条第一项", "不得签订", SAID["heard"], "second 同志"):
        assert said in text
    assert desk.client("stranger").get(f"/promotion/checks/{made.pk}.docx").status_code == 404
