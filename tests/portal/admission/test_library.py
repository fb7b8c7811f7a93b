"""Screening the library at once: facets, explanations, export, scope; and the rules page."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.catalogue.pack import pack_path
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.queries.many import screen_library
from hexi.portal.projects.models import ProjectRecord
from tests.portal.admission.material import GOOD
from tests.portal.projects.library import AT, TODAY, Library


def exported(library: Library, who: str, query: str = "") -> list[list[str]]:
    answer = library.client(who).get(f"/admission/many/export.csv{query}")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_every_project_of_the_scope_is_screened_and_explained(library: Library) -> None:
    rows = exported(library, "admin")
    assert len(rows) == ProjectRecord.objects.count() == 6
    assert all(row[7] for row in rows if row[4] != "可以准入")
    mine = exported(library, "zone")
    assert {row[1] for row in mine} == {
        one.name for one in ProjectRecord.objects.filter(unit__code="etdz-an")
    }
    assert exported(library, "stranger", "?unit=etdz-an") == []


def test_facets_add_up_and_narrow(library: Library) -> None:
    person = library.person("admin")
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(land_mu=3000)
    row = library.aluminium
    keep_screening(
        {**GOOD, "investment": "120000", "land": "3000", "industry": "3252"},
        TODAY, project_id=row.pk, by=library.person("park"), at=AT,
    )  # fmt: skip
    found = screen_library(person, {}, TODAY)
    counts = found.results()
    assert sum(counts.values()) == 6 and counts["unmet"] == 1
    for result, number in counts.items():
        assert len(found.places(result, "", "")) == number
    [rule] = [one for one in found.rules() if one.id == "investment-per-mu.lanzhou"]
    assert rule.fails == 1
    assert len(found.places("", rule.id, "fails")) == 1
    page = library.client("admin").get(f"/admission/many/?rule={rule.id}").content.decode()
    assert row.name in page and "投资强度 40，须 ≥ 300 万元/亩，差 260" in page
    assert "电池级硫酸镍" not in page
    labels = Counter(line[4] for line in exported(library, "admin"))
    assert labels["未达要求"] == 1


def test_by_unit_and_industry(library: Library) -> None:
    assert len(exported(library, "admin", "?unit=jc-etdz")) == 3
    assert {row[3] for row in exported(library, "admin", "?industry=C")} == {
        "3252", "2761", "2613", "3251",
    }  # fmt: skip
    assert len(exported(library, "admin", "?q=疫苗")) == 1
    assert exported(library, "admin", "?industry=Z") == []


def test_inputs_of_an_old_record_that_are_no_longer_known_are_left_open(library: Library) -> None:
    row = keep_screening(
        GOOD, TODAY, project_id=library.aluminium.pk, by=library.person("park"), at=AT
    )
    with connection.cursor() as cursor:
        place = " ON admission_screeningrecord" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER admission_screening_no_update{place}")
        cursor.execute(
            "UPDATE admission_screeningrecord SET inputs = %s WHERE id = %s",
            ['{"land_use": "moon", "gone": 1, "plot_ratio": 99}', row.pk],
        )
    found = screen_library(library.person("admin"), {}, TODAY)
    assert len(found.ids) == 6


def test_the_list_asks_no_more_when_it_is_longer(library: Library) -> None:
    client = library.client("admin")

    def asked() -> int:
        client.get("/admission/many/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/admission/many/").status_code == 200
        return len(seen)

    before = asked()
    for number in range(8):
        library.registered(name=f"扩展项目{number}")
    assert asked() == before


def test_the_rules_page_shows_law_assumption_and_policy(library: Library) -> None:
    page = library.client("").get("/admission/rules/").content.decode()
    assert "张表 36 条" in page
    for text in ("国土资发〔2008〕24号", "假定", "UNIQUE", "可说明理由破例", "闲置土地处置办法",
                 "投资强度 ≥ 300 万元/亩", "兰州经济技术开发区"):  # fmt: skip
        assert text in page, text
    early = library.client("").get("/admission/rules/?day=2010-01-01").content.decode()
    assert "当日不生效的规则" in early


def test_a_fault_of_the_pack_is_told_with_file_line_and_key(
    library: Library, settings: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "faulty"
    shutil.copytree(pack_path("gansu"), copy)
    land = copy / "admission" / "land.toml"
    land.write_text(land.read_text(encoding="utf-8").replace(">= 300", "300+"), encoding="utf-8")
    settings.HEXI = replace(settings.HEXI, pack=str(copy))
    page = library.client("admin").get("/admission/rules/").content.decode()
    assert "规则不能使用：有 1 处缺陷" in page
    assert "admission/land.toml:" in page and "row.0.need.investment_per_mu" in page
    refused = library.client("admin").get("/admission/new/")
    assert refused.status_code == 409 and "land.toml" in refused.content.decode()


def send(library: Library, text: str | bytes, name: str = "mine.toml") -> Any:
    body = text.encode() if isinstance(text, str) else text
    return library.client("park").post(
        "/admission/rules/try/", {"file": SimpleUploadedFile(name, body)}
    )


def test_a_file_is_tried_out(library: Library) -> None:
    text = (pack_path("gansu") / "admission" / "land.toml").read_text(encoding="utf-8")
    good = send(library, text, "land.toml")
    assert good.status_code == 200 and "文件可以装载：11 条规则" in good.content.decode()
    gap = send(library, text.replace('otherwise = "free"', "", 1), "land.toml")
    page = gap.content.decode()
    assert gap.status_code == 422 and "文件不能装载：有 1 处缺陷" in page
    assert "admission/land.toml:3" in page and "空档" in page
    before = library.client("").get("/admission/rules/").content.decode()
    assert "张表 36 条" in before


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        (b"\xff\xfe", "a.toml", "UTF-8"),
        (b"#" * 200_001, "a.toml", "200 kB"),
        (b"[[field]]\n", "fields.toml", "要素文件"),
        (b"[[row]]\n" * 400, "a.toml", "至多 300 行"),
        (b"x = [", "../../evil.toml", "TOML"),
    ],
)
def test_a_file_that_is_none_is_refused(
    body: bytes, name: str, said: str, library: Library
) -> None:
    answer = send(library, body, name)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_only_who_screens_tries_a_file_out(library: Library) -> None:
    assert library.client("reader").get("/admission/rules/try/").status_code == 403
    assert library.client("").get("/admission/rules/try/").status_code == 302
