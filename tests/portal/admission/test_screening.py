"""Screening on pages: the sheet answers at once, a record never changes, overrides stand beside."""

from __future__ import annotations

import io
import json

import docx
import pytest
from django.db import DatabaseError, transaction
from python_calamine import CalamineWorkbook

from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.acts.override_rule import override_rule
from hexi.portal.admission.acts.withdraw_override import withdraw_override
from hexi.portal.admission.models import RuleOverride, ScreeningRecord
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.projects.models import ProjectRecord
from tests.portal.admission.material import GOOD, RULE, kept
from tests.portal.projects.library import AT, TODAY, Library

ANSWER = {"hx-request": "true"}


def test_what_the_library_knows_is_filled_in(library: Library) -> None:
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(land_mu=300)
    page = library.client("park").get(f"/admission/new/?project={library.aluminium.pk}")
    text = page.content.decode()
    assert 'name="investment" value="120000"' in text
    assert 'name="land" value="300"' in text and 'name="industry" value="3252"' in text
    assert text.count("取自项目库") >= 4
    assert "缺什么，为什么要" in text and "容积率" in text


def test_the_answer_follows_the_sheet_and_keeps_nothing(library: Library) -> None:
    client, before = library.client("park"), library.events()
    good = client.get("/admission/new/", {**GOOD, "asked": "1"}, headers=ANSWER).content.decode()
    assert "lamp-met" in good and "可以准入" in good and "<html" not in good
    less = {**GOOD, "asked": "1", "investment": "20000"}
    bad = client.get("/admission/new/", less, headers=ANSWER).content.decode()
    assert "1 条规则不符" in bad
    assert "投资强度 200，须 ≥ 300 万元/亩，差 100" in bad
    assert "固定资产总投资由 20,000 改为 30,000 万元" in bad
    assert "项目总用地由 100 改为 66.6667 亩" in bad
    assert not ScreeningRecord.objects.exists() and library.events() == before


def test_a_row_that_only_allows_says_nothing_while_its_table_is_open(library: Library) -> None:
    row = kept(library, in_red_line=None)
    page = library.client("park").get(f"/admission/{row.pk}/").content.decode()
    assert 'id="rule-red-line.inside"' in page and 'id="rule-red-line.outside"' not in page
    known = kept(library)
    page = library.client("park").get(f"/admission/{known.pk}/").content.decode()
    assert 'id="rule-red-line.outside"' in page and 'id="rule-red-line.inside"' not in page


def test_a_cleared_field_is_not_taken_over_again(library: Library) -> None:
    address = f"/admission/new/?asked=1&project={library.aluminium.pk}&industry=3252"
    text = library.client("park").get(address).content.decode()
    assert 'name="investment" value=""' in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"investment": "约三亿"}, "不是数字"),
        ({"plot_ratio": "21"}, "应在 0 至 20 之间"),
        ({"industry": "99999"}, "没有“99999”这一项"),
        ({"land_use": "moon"}, "没有“moon”这一项"),
        ({"land": "-1"}, "应在 0"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    changed: dict[str, str], said: str, library: Library
) -> None:
    client = library.client("park")
    page = client.get("/admission/new/", {**GOOD, **changed, "asked": "1"}).content.decode()
    assert said in page and 'class="field bad"' in page
    with pytest.raises(Refusal):
        kept(library, **changed)
    assert not ScreeningRecord.objects.exists()


def test_money_may_carry_its_unit(library: Library) -> None:
    assert kept(library, investment="4亿元").inputs["investment"] == 40000


def test_a_record_is_kept_with_its_day_edition_and_event(library: Library) -> None:
    row = kept(library, investment="20000")
    assert row.result == "unmet" and len(row.edition) == 12 and row.unit.code == "etdz-an"
    assert row.number == f"ZR2026{row.pk:06d}"
    assert library.acts_of(row) == ["keep_screening"]
    page = library.client("park").get(f"/admission/{row.pk}/").content.decode()
    assert "中药提取项目: 未达要求" in page and row.number in page
    assert "兰州经济技术开发区“十三五”发展规划纲要" in page and "假定" in page
    found = library.client("park").get(f"/admission/?q={row.number}").content.decode()
    assert "筛查记录 1 份" in found


def test_a_record_of_a_project_marks_what_was_taken_over(library: Library) -> None:
    typed = {**GOOD, "investment": "120000", "industry": "3252"}
    row = keep_screening(
        typed, TODAY, project_id=library.aluminium.pk, by=library.person("park"), at=AT
    )
    assert row.name == library.aluminium.name
    # its origin is another province: it is known not to be foreign
    assert set(row.taken) == {"unit", "industry", "investment", "foreign"}


def test_nothing_and_nobody_changes_a_record(library: Library) -> None:
    row = kept(library)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        ScreeningRecord.objects.all().update(name="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        super(type(ScreeningRecord.objects.all()), ScreeningRecord.objects.all()).update(name="x")
    assert ScreeningRecord.objects.get(pk=row.pk).name == "中药提取项目"


def test_a_what_if_changes_the_answer_and_not_the_record(library: Library) -> None:
    row = kept(library, investment="20000")
    client, address = library.client("park"), f"/admission/{row.pk}/what-if/"
    page = client.get(address).content.decode()
    assert 'type="range"' in page and 'data-slide="in-investment"' in page
    asked = {**GOOD, "asked": "1", "investment": "30000"}
    answer = client.get(address, asked, headers=ANSWER).content.decode()
    assert "可以准入" in answer and "未达要求" in answer
    row.refresh_from_db()
    assert row.inputs["investment"] == 20000 and ScreeningRecord.objects.count() == 1
    sent = {**asked, "day": TODAY.isoformat(), "name": row.name}
    made = client.post("/admission/keep/", sent)
    newer = ScreeningRecord.objects.latest("pk")
    assert made.status_code == 302 and newer.pk != row.pk and newer.result == "admitted"


@pytest.mark.parametrize(
    ("changed", "place"),
    [({"name": ""}, "name_missing"), ({"unit": ""}, "unit_missing"), ({"day": "x"}, "no_day")],
)
def test_a_record_needs_name_unit_and_day(
    changed: dict[str, str], place: str, library: Library
) -> None:
    sent = {**GOOD, "asked": "1", "day": TODAY.isoformat(), "name": "某项目", **changed}
    answer = library.client("park").post("/admission/keep/", sent)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not ScreeningRecord.objects.exists()


def test_an_override_is_of_another_person_with_reason_and_event(library: Library) -> None:
    row = kept(library, by="zone", investment="20000")
    said = {"reason": "强链补链项目", "document": "会议纪要〔2026〕9号", "day": TODAY}
    with pytest.raises(Refusal) as own:
        override_rule(row.pk, RULE, by=library.person("zone"), at=AT, **said)
    assert own.value.code == "own_screening"
    with pytest.raises(NotPermitted):
        override_rule(row.pk, RULE, by=library.person("park"), at=AT, **said)
    made = override_rule(row.pk, RULE, by=library.person("province"), at=AT, **said)
    assert library.acts_of(row) == ["keep_screening", "override_rule"]
    for address in (f"/admission/{row.pk}/", "/admission/", "/admission/?result=admitted"):
        page = library.client("zone").get(address).content.decode()
        assert "破例" in page and "可以准入" in page, address
    assert (
        "中药提取项目"
        not in library.client("zone").get("/admission/?result=unmet").content.decode()
    )
    withdraw_override(made.pk, reason="会议纪要有误", by=library.person("province"), at=AT)
    page = library.client("zone").get(f"/admission/{row.pk}/").content.decode()
    assert "未达要求" in page and "会议纪要有误" in page
    assert RuleOverride.objects.count() == 1
    with pytest.raises(Refusal):
        withdraw_override(made.pk, reason="再撤", by=library.person("province"), at=AT)


@pytest.mark.parametrize(
    ("rule", "reason", "code"),
    [
        ("no.such", "理由", "rule_unknown"),
        ("site-layout.green-rate", "理由", "rule_not_failed"),
        ("red-line.inside", "理由", "no_override"),
        (RULE, "  ", "reason_missing"),
    ],
)
def test_only_a_failed_rule_that_allows_it_is_set_aside(
    rule: str, reason: str, code: str, library: Library
) -> None:
    row = kept(library, investment="20000", in_red_line="true")
    before = library.events()
    with pytest.raises(Refusal) as refused:
        override_rule(row.pk, rule, reason=reason, day=TODAY, by=library.person("zone"), at=AT)
    assert refused.value.code == code and library.events() == before


def test_it_is_printed_as_word_workbook_and_data(library: Library) -> None:
    row = kept(library, investment="20000", cod_left=None)
    override_rule(row.pk, RULE, reason="强链", day=TODAY, by=library.person("zone"), at=AT)
    client = library.client("park")
    word = docx.Document(io.BytesIO(client.get(f"/admission/{row.pk}/screening.docx").content))
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    said = "\n".join([*(one.text for one in word.paragraphs), *cells])
    for text in ("项目准入筛查意见表", "投资强度 200", "破例", "强链", "余量", row.number):
        assert text in said
    sheets = client.get(f"/admission/{row.pk}/screening.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheets))
    assert book.sheet_names == ["结论", "规则", "缺少的数据", "破例", "录入的数据"]
    rows = book.get_sheet_by_name("规则").to_python()
    assert len(rows) == len(row.answer["rules"]) + 1
    data = json.loads(client.get(f"/admission/{row.pk}/screening.json").content)
    assert data["result"] == "incomplete" and data["overrides"][0]["reason"] == "强链"
    assert client.get(f"/admission/{row.pk}/screening.pdf").status_code == 404


def test_who_does_not_reach_the_unit_does_not_see_it(library: Library) -> None:
    row = kept(library)
    for who, seen in (("province", 200), ("zone", 200), ("reader", 200), ("stranger", 404)):
        client = library.client(who)
        for page in (f"/admission/{row.pk}/", f"/admission/{row.pk}/screening.json"):
            assert client.get(page).status_code == seen, (who, page)
        assert ("中药提取项目" in client.get("/admission/").content.decode()) == (seen == 200)
        assert ("中药提取项目" in client.get("/admission/export.csv").content.decode()) == (
            seen == 200
        )
    assert library.client("").get(f"/admission/{row.pk}/").status_code == 404
    with pytest.raises(NotPermitted):
        kept(library, by="stranger")
    with pytest.raises(NotFound):
        keep_screening(
            GOOD, TODAY, project_id=library.aluminium.pk, by=library.person("stranger"), at=AT
        )
    with pytest.raises(NotPermitted):
        kept(library, by="reader")
    assert Event.objects.filter(act="keep_screening").count() == 1


def test_the_page_of_a_project_shows_its_screening_to_the_office_alone(library: Library) -> None:
    row = library.aluminium
    typed = {**GOOD, "investment": "120000", "industry": "3252"}
    made = keep_screening(typed, TODAY, project_id=row.pk, by=library.person("park"), at=AT)
    ProjectRecord.objects.filter(pk=row.pk).update(published=True)
    for who, seen in (("zone", True), ("reader", True), ("stranger", False), ("", False)):
        page = library.client(who).get(f"/projects/{row.pk}/")
        assert page.status_code == 200, who
        assert (made.number in page.content.decode()) == seen, who
