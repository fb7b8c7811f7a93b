"""Pages of returns (报表页面): under every role, with what one may see and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.urls import get_resolver

from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_enterprise import close_enterprise
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.models import Enterprise, RegisterImport, Return
from tests.portal.office import STAFF
from tests.portal.returns.addresses import ELSEWHERE, FILLING, LISTS, NAME, PRIVATE, STEPS
from tests.portal.returns.bureau import AT, ENTERPRISES, FORM, LATER, PERIOD, Bureau
from tests.portal.returns.test_import import NEW, workbook
from tests.portal.returns.test_projects import HEAD as PROJECT_HEAD
from tests.portal.test_scope import names

#: how the names of the app's addresses begin
_MINE = ("return", "enterprise", "missing", "filler", "excuse", "reporting-project")
#: pages that speak of steps, codes or rows, and need not name the enterprise
UNNAMED = {"enterprise-register-import", "api:steps", "api:one_project", "reporting-project-change"}
EVERYBODY = (*(username for username, _, _ in STAFF), "maker", "drugs", "metal", "")


@pytest.fixture
def laid(bureau: Bureau) -> dict[str, int]:
    """A submitted return, and a file that waits to be imported."""
    row = bureau.submitted()
    load = prepare_import(workbook(NEW), "名录.xlsx", by=bureau.person("zone"), at=AT)
    filler = bureau.person("maker")
    assert filler is not None
    line = ["2402-620100-04-01-1", NAME, "安宁园区", ENTERPRISES[0][0], "3252", "620105",
            "2026-03-01", "2027-12-31"]  # fmt: skip
    projects = prepare_import(
        workbook(line, head=PROJECT_HEAD), "项目.xlsx", by=bureau.person("zone"), at=AT,
        kind="project",
    )  # fmt: skip
    return {
        "project": bureau.project().pk,
        "projects": projects.pk,
        "row": row.pk,
        "enterprise": bureau.maker.pk,
        "load": load.pk,
        "filler": filler.pk,
    }


def text_of(answer: Any) -> str:
    """What an answer says, JSON with its letters rather than their codes."""
    if answer.headers["Content-Type"].startswith("application/json"):
        return json.dumps(answer.json(), ensure_ascii=False)
    text: str = answer.content.decode(errors="ignore")
    return text


def test_every_address_of_the_app_stands_in_a_table_here() -> None:
    mine = {
        name
        for name in names(get_resolver().url_patterns)
        if name.startswith(_MINE) or name in ("remind", "close-period", "reopen-period")
    }
    known = {*PRIVATE, *LISTS, *STEPS, *ELSEWHERE, *FILLING}
    assert mine - known == set()


@pytest.mark.parametrize("who", EVERYBODY)
def test_private_pages_open_only_for_whom_they_are(
    who: str, bureau: Bureau, laid: dict[str, int]
) -> None:
    client = bureau.client(who)
    for page, (template, allowed) in PRIVATE.items():
        answer = client.get(template.format(**laid))
        said = text_of(answer)
        if who in allowed:
            assert answer.status_code == 200, page
            assert NAME in said or page in UNNAMED, page
        else:
            assert answer.status_code in (302, 403, 404), page
            assert NAME not in said, page


@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_name_nothing_that_is_out_of_sight(
    who: str, bureau: Bureau, laid: dict[str, int]
) -> None:
    client, person = bureau.client(who), bureau.person(who)
    for page, (url, permission) in LISTS.items():
        answer = client.get(url)
        if person is None or not person.grants(permission):
            assert answer.status_code in (302, 403), page
            continue
        assert answer.status_code == 200, page
        said = text_of(answer)
        for at, (_code, name, _unit) in enumerate(ENTERPRISES):
            owner = ("maker", "drugs", "metal")[at]
            seen = who in ("admin", "province", owner) or (
                who in ("zone", "park") if at < 2 else who == "stranger"
            )
            assert seen or name not in said, f"{page} names {name} to {who}"


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_only_by_whom_it_may(
    step: str, who: str, bureau: Bureau, laid: dict[str, int]
) -> None:
    template, sent, allowed = STEPS[step]
    before = bureau.events()
    answer = bureau.client(who).post(template.format(**laid), sent)
    if who in allowed:
        assert answer.status_code == 302 and "sign-in" not in answer["Location"]
        # an import has an event of its own, and one for its row
        assert bureau.events() == before + (2 if step.endswith("import-apply") else 1)
    else:
        assert answer.status_code in (302, 403, 404)
        assert bureau.events() == before


def test_a_refusal_is_told_on_the_page(bureau: Bureau, laid: dict[str, int]) -> None:
    answer = bureau.client("park").post(f"/returns/{laid['row']}/send-back/", {"reason": ""})
    assert answer.status_code == 422
    assert "此步须写明原因" in answer.content.decode()


def test_the_first_page_says_what_there_is_to_do(bureau: Bureau, laid: dict[str, int]) -> None:
    park = bureau.client("park").get("/returns/").content.decode()
    assert "待审批 1 份" in park and NAME in park
    drugs = bureau.client("drugs").get("/returns/").content.decode()
    assert "企业生产经营情况月报" in drugs and NAME not in drugs


def test_a_form_is_opened_from_the_list_of_tasks(bureau: Bureau) -> None:
    client = bureau.client("maker")
    sent = {"form": FORM, "period": PERIOD, "reporter": bureau.maker.pk}
    answer = client.post("/returns/open/", sent)
    row = Return.objects.get()
    assert answer.status_code == 302 and f"/returns/{row.pk}/" in answer["Location"]
    assert bureau.client("park").post("/returns/open/", sent).status_code == 403
    refused = client.post("/returns/open/", {**sent, "period": "209912"})
    assert refused.status_code == 422 and "尚未到来" in refused.content.decode()


def test_an_empty_register_says_what_to_do_next(office: Any) -> None:
    said = office.client("zone").get("/enterprises/").content.decode()
    assert "名录为空" in said and "/enterprises/template.xlsx" in said
    assert "从 Excel 导入" in said


def test_a_file_is_looked_at_and_imported_on_the_pages(bureau: Bureau) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = bureau.client("zone")
    file = SimpleUploadedFile("名录.xlsx", workbook(NEW))
    answer = client.post("/enterprises/import/", {"file": file})
    made = RegisterImport.objects.get()
    assert answer["Location"] == f"/enterprises/imports/{made.pk}/"
    assert "戊新材料" in client.get(answer["Location"]).content.decode()
    client.post(f"{answer['Location']}apply/")
    assert Enterprise.objects.filter(code=NEW[0]).exists()
    client.post(f"{answer['Location']}undo/", {"reason": "误传"})
    assert not Enterprise.objects.filter(code=NEW[0]).exists()
    bad = client.post("/enterprises/import/", {"file": SimpleUploadedFile("a.csv", b"x,y")})
    assert bad.status_code == 422 and "缺少以下各列" in bad.content.decode()


def test_a_field_that_is_wrong_is_marked(bureau: Bureau) -> None:
    answer = bureau.client("park").post("/enterprises/new/", {"code": "x", "name": "庚"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "不是正确的统一社会信用代码" in said
    assert said.count("field bad") >= 4


def test_an_enterprise_page_shows_its_past(bureau: Bureau) -> None:
    client = bureau.client("zone")
    url = f"/enterprises/{bureau.maker.pk}/"
    client.post(f"{url}move/", {"unit": "etdz-xg", "since": "2026-10-01", "reason": "搬迁"})
    said = client.get(url).content.decode()
    assert "2026-10-01" in said and "西固园区" in said and "安宁园区" in said
    card = {"name": "甲集团", "industry": "34", "place": "620105", "opened": "2020-01-01"}
    answer = client.post(f"{url}change/", {**card, "above_scale": "on"})
    assert answer.status_code == 302
    assert Enterprise.objects.get(pk=bureau.maker.pk).name == "甲集团"
    close_enterprise(
        bureau.maker.pk, date(2026, 10, 20), reason="停业", by=bureau.person("zone"), at=LATER
    )
    assert "2026-10-20" in client.get(url).content.decode()
    client.post(f"{url}reopen/", {"reason": "误录"})
    assert Enterprise.objects.get(pk=bureau.maker.pk).closed is None


def test_who_is_missing_goes_down_the_tree(bureau: Bureau, laid: dict[str, int]) -> None:
    client = bureau.client("province")
    top = client.get(f"/returns/missing/?form={FORM}&period={PERIOD}").content.decode()
    assert "应报 3 家，未报 2 家" in top and "unit=lz" in top
    park = client.get(f"/returns/missing/?form={FORM}&period={PERIOD}&unit=etdz-an")
    assert "应报 2 家，未报 1 家" in park.content.decode()
    assert (
        client.get(f"/returns/missing/?form={FORM}&period=202602&unit=nowhere").status_code == 404
    )


def test_a_course_on_the_pages(bureau: Bureau, laid: dict[str, int]) -> None:
    row = laid["row"]
    for who in ("park", "zone"):
        approve_return(row, by=bureau.person(who), at=AT)
    zone = bureau.client("zone")
    assert zone.post(f"/returns/{row}/withdraw/", {"reason": "看错"}).status_code == 302
    for who in ("zone", "province"):
        assert bureau.client(who).post(f"/returns/{row}/approve/").status_code == 302
    maker = bureau.client("maker")
    assert "修订" in maker.get(f"/returns/{row}/").content.decode()
    assert maker.post(f"/returns/{row}/revise/", {"reason": "漏报"}).status_code == 302
    assert maker.post(f"/returns/{row}/submit/", {"seen": "1"}).status_code == 302
    said = maker.get(f"/returns/{row}/").content.decode()
    assert "第2次报送" in said and "漏报" in said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_both_languages(language: str, bureau: Bureau, laid: dict[str, int]) -> None:
    client = bureau.client("admin")
    for url in ("/returns/", f"/returns/{laid['row']}/", "/returns/missing/", "/enterprises/"):
        assert client.get(f"{url}?lang={language}").status_code == 200
