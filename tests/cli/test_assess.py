"""``hexi assess`` ranks a sheet by a scheme of the pack, explains, simulates, refuses clearly."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import docx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from hexi.assessment.scheme.loading import load_schemes
from hexi.catalogue.pack import pack_path
from hexi.cli import main

SCHEME = load_schemes().in_force("gs-zones", 2023)
ITEMS = [item.name.zh for item in SCHEME.items()]
TYPES = sorted({name for group in SCHEME.groups() for name in group.by_class})


def _rows(units: int = 12, years: tuple[int, ...] = (2022, 2023)) -> list[list[object]]:
    random = np.random.default_rng(11)
    heads: list[object] = ["主体", "名称", "年份", "类型", "级别", "设立年份", *ITEMS]
    rows: list[list[object]] = [heads]
    for number in range(units):
        base = random.lognormal(3, 0.4, len(ITEMS))
        for step, year in enumerate(years):
            figures = [round(float(value) * 1.05**step, 3) for value in base]
            kind = TYPES[number % len(TYPES)]
            rows.append([f"z{number}", f"开发区{number}", year, kind, "省级", 2006, *figures])
    return rows


def _csv(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return _csv(tmp_path / "数据.csv", _rows())


def test_the_ranking_comes_with_intervals_and_what_is_assumed(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["assess", "gs-zones", "--year", "2023", "--data", str(sheet)]
    # the rules of the pack fire for somebody: there is something to look at
    assert main([*given, "--simulate", "--draws", "60"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "名次区间" in lines[0] and "上年" in lines[0]
    assert [line.split()[0] for line in lines[2:5]] == ["1", "2", "3"]
    assert any(line.startswith("本系统假定：未见甘肃省开发区考核办法") for line in lines)


def test_json_holds_every_step_and_the_explanation(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["assess", "gs-zones", "--year", "2023", "--data", str(sheet), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["scheme"], found["year"], len(found["units"])) == ("gs-zones", 2023, 12)
    first = found["units"][0]
    counted = sum(item["contribution"] for item in first["items"])
    assert counted == pytest.approx(first["base"])
    assert first["explanation"][0].startswith("2023年，") and first["rank"] == 1
    assert {one["rules"] for one in found["proposals"]} == {"gs-zones"}


def test_a_simulation_says_who_is_at_risk_next_year(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["assess", "gs-zones", "--year", "2023", "--data", str(sheet), "--simulate"]
    main([*given, "--draws", "200", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    last = {one["unit"] for one in found["units"] if one["rank"] >= 10}
    notice = [one for one in found["next_year"] if one["rule"] == "notice-two-running"]
    # two years running: only those among the last three this year can fall under it next year
    assert notice and {one["unit"] for one in notice} <= last
    assert all(0 < one["chance"] <= 1 and one["years_before"] == [2023] for one in notice)
    main([*given, "--draws", "200"])
    assert "来年约谈（列全省后三位）的可能" in capsys.readouterr().out


def test_one_unit_is_explained_by_its_name(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["assess", "gs-zones", "--year", "2023", "--data", str(sheet), "--unit", "开发区5"]
    main(given)
    assert "开发区5得" in capsys.readouterr().out
    main(["--lang", "en", *given])
    assert "开发区5 scores" in capsys.readouterr().out


def test_word_and_excel_files_are_written(sheet: Path, tmp_path: Path) -> None:
    given = ["assess", "gs-zones", "--year", "2023", "--data", str(sheet), "--format"]
    book, letter = tmp_path / "考核.xlsx", tmp_path / "通报.docx"
    main([*given, "xlsx", "-o", str(book)])
    main([*given, "docx", "-o", str(letter)])
    assert "结果" in CalamineWorkbook.from_path(str(book)).sheet_names
    text = "".join(p.text for p in docx.Document(io.BytesIO(letter.read_bytes())).paragraphs)
    assert "2023年度甘肃省开发区分类考核结果通报" in text and "升降情况" in text


def test_parquet_gives_the_same_as_the_sheet(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads, *rows = _rows()
    columns = list(zip(*rows, strict=True))
    table = pa.table({str(head): list(column) for head, column in zip(heads, columns, strict=True)})
    path = tmp_path / "data.parquet"
    pq.write_table(table, path)
    answers = []
    for file in (sheet, path):
        main(["assess", "gs-zones", "--year", "2023", "--data", str(file)])
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_a_cell_that_is_no_number_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _rows()
    rows[4][8] = "约30"
    path = _csv(tmp_path / "坏.csv", rows)
    assert main(["assess", "gs-zones", "--year", "2023", "--data", str(path)]) == 2
    assert "约30" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["nobody", "--year", "2023", "--data", "x.csv"], "没有这个考核办法"),
        (["etdz", "--year", "1999", "--data", "x.csv"], "没有适用于1999年度的版本"),
        (["gs-zones", "--year", "2023"], "用 --data 给出"),
        (["gs-zones", "--year", "2023", "--data", "没有.csv"], "读不了"),
        (["gs-zones", "--year", "2023", "--data", "x.csv", "--draws", "1"], "应在10与"),
        (["gs-zones", "--year", "2023", "--data", "SHEET", "--unit", "某区"], "没有这个主体"),
        (["gs-zones", "--year", "2030", "--data", "SHEET"], "2030"),
    ],
)
def test_what_cannot_be_done_says_why(
    given: list[str], told: str, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [str(sheet) if part == "SHEET" else part for part in given]
    assert main(["assess", *named]) == 2
    assert told in capsys.readouterr().err


TINY = """
[scheme]
id = "tiny"
version = "2020"
title = "两项指标"
title_en = "Two indicators"
kind = "zones"
since = 2016

[source]
title = "测试办法"
assumed = "全部为测试"
assumed_en = "all of it for a test"

[missing]
rule = "leave_out"

[[group]]
id = "all-of-it"
name = "全部"
name_en = "All"
weight = 100

[[item]]
parent = "all-of-it"
id = "gdp"
name = "地区生产总值"
name_en = "Gross regional product"
indicator = "gdp"
unit = "亿元"
weight = 60

[[item]]
parent = "all-of-it"
id = "rd_int"
name = "研发投入强度"
name_en = "R&D intensity"
indicator = "rd_int"
unit = "%"
weight = 40
"""


def test_without_a_sheet_the_observations_of_the_pack_are_ranked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), pack)
    (pack / "schemes" / "tiny.toml").write_text(TINY, encoding="utf-8")
    given = ["assess", "tiny", "--year", "2020", "--pack", str(pack), "--format", "json"]
    assert main(given) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    values = {one["unit"]: [item["value"] for item in one["items"]] for one in found["units"]}
    assert values["lz-htz"] == [292.0, 3.45] and values["lz-etdz"][0] == 331.49
    assert "个主体中" in said.err and "2020年数据" in said.err


def test_a_scheme_that_the_pack_does_not_fill_says_how_complete_it_is_and_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["assess", "etdz", "--year", "2020"]) == 2
    said = capsys.readouterr().err
    assert "53项指标中" in said and "没有任何数据" in said and "--data" in said
