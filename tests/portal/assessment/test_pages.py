"""Pages of an assessment: what each shows, and who may see it."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from hexi.assessment.data.tables import read_matrix
from hexi.assessment.faults import AssessmentError
from hexi.catalogue.pack import pack_path
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.models import AssessmentRun, RunState
from tests.portal.assessment.parks import PARKS, SCHEME, YEAR, computed, sheet, started
from tests.portal.office import AT, STAFF, Office

EVERYBODY = (*(username for username, _, _ in STAFF), "")
INSIDE = ("admin", "province", "zone", "reader")
WORKING = (
    "", "compare/", "objections/", "certainty/", "outcomes/", "sheet.xlsx",
    "result.xlsx", "result.docx", "result.json",
)  # fmt: skip


def published(office: Office, year: int = YEAR) -> AssessmentRun:
    run, by = computed(office, year), office.person("zone")
    review_run(run.pk, by=by, at=AT)
    return publish_run(run.pk, by=by, at=AT)


def test_a_run_is_made_from_pages_alone(office: Office) -> None:
    client = office.client("zone")
    assert "启动考核" in client.get("/assessment/").content.decode()
    sent = {"scheme": SCHEME, "unit": "lz-etdz", "year": str(YEAR)}
    page = client.post("/assessment/start/", sent, follow=True).content.decode()
    run = AssessmentRun.objects.get()
    assert "下载数据表样" in page
    url = f"/assessment/runs/{run.pk}/"
    wrong = SimpleUploadedFile("表.csv", sheet(changed={("etdz-an", "gdp"): "约"}))
    answer = client.post(f"{url}load/", {"file": wrong})
    assert answer.status_code == 422 and "D8" in answer.content.decode()
    client.post(f"{url}load/", {"file": SimpleUploadedFile("表.csv", sheet())})
    page = client.post(f"{url}step/", {"step": "compute"}, follow=True).content.decode()
    assert "安宁园区领先" in page and "104 / 105" in page
    assert "本系统设定" in page
    for step in ("review", "publish", "archive"):
        client.post(f"{url}step/", {"step": step})
    run.refresh_from_db()
    assert run.state == RunState.ARCHIVED


def test_the_sheet_to_fill_in_is_read_back(office: Office) -> None:
    run = started(office)
    content = office.client("zone").get(f"/assessment/runs/{run.pk}/sheet.xlsx").content
    grid = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("数据").to_python()
    assert [row[0] for row in grid[1:6]] == list(PARKS)
    filled = io.StringIO()
    writer = csv.writer(filled)
    writer.writerow(grid[0])
    for place, row in enumerate(grid[1:], 1):
        assert set(row[3:]) <= {""}
        writer.writerow([*row[:3], *(place + column for column in range(3, len(grid[0])))])
    matrix = read_matrix(filled.getvalue().encode(), run.scheme_of, name="表.csv", year=YEAR)
    assert matrix.units[:2] == ("etdz-jcb", "etdz-an") and len(matrix.items) == 21


def test_an_empty_sheet_gives_no_result(office: Office) -> None:
    run, client = started(office), office.client("zone")
    content = client.get(f"/assessment/runs/{run.pk}/sheet.xlsx").content
    matrix = read_matrix(content, run.scheme_of, name="表.xlsx", year=YEAR)
    assert matrix.values.size and not (matrix.values == matrix.values).any()
    client.post(
        f"/assessment/runs/{run.pk}/load/", {"file": SimpleUploadedFile("表.xlsx", content)}
    )
    answer = client.post(f"/assessment/runs/{run.pk}/step/", {"step": "compute"})
    assert answer.status_code == 422 and "没有任何数据" in answer.content.decode()
    with pytest.raises(AssessmentError):
        read_matrix(b"a,b\n1,2\n", run.scheme_of, name="x.csv", year=YEAR)


def test_an_explanation_adds_up_and_says_what_would_lift(office: Office) -> None:
    run = computed(office)
    row = run.assessed.get(code="etdz-xg")
    for language, words in (("zh-hans", "提升空间"), ("en", "What would lift it most")):
        client = office.client("zone")
        client.get(f"/?lang={language}")
        page = client.get(f"/assessment/units/{row.pk}/").content.decode()
        assert words in page and '<polygon class="own"' in page
        assert f"{row.score:.2f}" in page


def test_ranks_over_the_years_come_from_public_runs(office: Office) -> None:
    published(office, YEAR - 1)
    run = computed(office)
    row = run.assessed.get(code="etdz-an")
    page = office.client("zone").get(f"/assessment/units/{row.pk}/").content.decode()
    assert '<polyline class="own"' in page and f">{YEAR - 1}</text>" in page


def test_a_simulation_shows_the_official_rank_beside_its_own(office: Office) -> None:
    run, client = computed(office), office.client("zone")
    url = f"/assessment/runs/{run.pk}/simulation/"
    assert 'name="industry" value="25"' in client.get(url).content.decode()
    answer = client.post(url, {"industry": "30"})
    assert answer.status_code == 422 and "应为100" in answer.content.decode()
    page = client.post(url, {"industry": "5", "ecology": "35"}, follow=True).content.decode()
    assert "正式名次" in page and "25 → 5" in page


def test_an_objection_goes_from_the_park_to_its_answer(office: Office) -> None:
    run = computed(office)
    review_run(run.pk, by=office.person("zone"), at=AT)
    own = run.assessed.get(code="etdz-an")
    park, zone = office.client("park"), office.client("zone")
    listing = park.get("/assessment/").content.decode()
    assert f"/assessment/units/{own.pk}/" in listing
    sent = {"text": "规上企业应为48家", "item": "above_n", "evidence": "年报第3表"}
    answer = park.post(f"/assessment/units/{own.pk}/objection/", sent, follow=True)
    assert "规上企业应为48家" in answer.content.decode()
    assert park.post(f"/assessment/units/{own.pk}/objection/", {"text": ""}).status_code == 422
    objection = own.objections.get()
    url = f"/assessment/objections/{objection.pk}/"
    assert park.post(url, {"state": "upheld", "answer": "同意"}).status_code == 403
    page = zone.post(url, {"state": "rejected", "answer": "两家已退库"}, follow=True)
    assert "两家已退库" in page.content.decode()
    assert "两家已退库" in park.get(f"/assessment/units/{own.pk}/").content.decode()


def test_certainty_and_what_follows_are_shown(office: Office) -> None:
    run, client = computed(office), office.client("zone")
    page = client.get(f"/assessment/runs/{run.pk}/certainty/").content.decode()
    assert "各主体名次的可能范围" in page and "排名取决于什么" in page
    page = client.get(f"/assessment/runs/{run.pk}/outcomes/").content.decode()
    assert "本办法没有动态管理规则" in page


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", WORKING)
def test_a_draft_is_there_only_for_who_runs_it(page: str, who: str, office: Office) -> None:
    run = computed(office)
    answer = office.client(who).get(f"/assessment/runs/{run.pk}/{page}")
    assert answer.status_code == (200 if who in INSIDE else 404)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_published_ranking_is_public_and_explanations_are_not(who: str, office: Office) -> None:
    run = published(office)
    client = office.client(who)
    page = client.get(f"/assessment/runs/{run.pk}/ranking/")
    assert page.status_code == 200 and "安宁园区" in page.content.decode()
    an, xg = (run.assessed.get(code=code) for code in ("etdz-an", "etdz-xg"))
    own = client.get(f"/assessment/units/{an.pk}/").status_code
    assert own == (200 if who in (*INSIDE, "park") else 404)
    other = client.get(f"/assessment/units/{xg.pk}/").status_code
    assert other == (200 if who in INSIDE else 404)
    if who not in INSIDE:
        for page in WORKING[1:]:
            assert client.get(f"/assessment/runs/{run.pk}/{page}").status_code == 404


@pytest.mark.parametrize("who", ["park", "reader", "stranger", ""])
def test_steps_are_not_for_everybody(who: str, office: Office) -> None:
    run = computed(office)
    client = office.client(who)
    for path, sent in (
        ("step/", {"step": "review"}),
        ("known/", {}),
        ("correct/", {"unit": "etdz-an", "item": "gdp", "value": "1", "reason": "x"}),
        ("simulation/", {"industry": "5", "ecology": "35"}),
    ):
        answer = client.post(f"/assessment/runs/{run.pk}/{path}", sent)
        assert answer.status_code in (302, 403, 404) and "/sign-in/" in answer.get(
            "Location", "/sign-in/"
        )
    run.refresh_from_db()
    assert run.state == RunState.COMPUTED and not run.simulations.exists()


def test_schemes_say_what_is_our_assumption(office: Office) -> None:
    client = office.client("reader")
    page = client.get("/assessment/schemes/lz-parks/2016/").content.decode()
    assert "本系统设定" in page and "产业基础" in page
    assert client.get("/assessment/schemes/lz-parks/1999/").status_code == 404


def test_a_pack_that_was_edited_wrongly_is_told_by_file_and_line(
    office: Office, settings: Any, tmp_path: Path
) -> None:
    run = computed(office)
    copy = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), copy)
    broken = copy / "schemes" / "lz-parks.toml"
    text = broken.read_text("utf-8")
    broken.write_text(text.replace("weight = 20", "weight = 21", 1), "utf-8")
    settings.HEXI = replace(settings.HEXI, pack=str(copy))
    client = office.client("zone")
    answer = client.get("/assessment/")
    assert answer.status_code == 409
    assert "schemes/lz-parks.toml" in answer.content.decode()
    # what was frozen with a run needs no pack
    row = run.assessed.get(code="etdz-an")
    assert client.get(f"/assessment/units/{row.pk}/").status_code == 200
    sent = {"scheme": SCHEME, "unit": "lz-etdz", "year": "2023"}
    answer = client.post("/assessment/start/", sent)
    assert answer.status_code == 409 and "合计100" in answer.content.decode()
