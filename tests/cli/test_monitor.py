"""``hexi monitor``: a plan of the pack, of a file and of the library, as a table and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hexi.cli import main
from hexi.cli.screen import width
from tests.cli.home import run_in

TEXT = """\
兰州经济技术开发区“十四五”发展规划（2021—2025年）

一、发展目标

到2025年，兰州经济技术开发区地区生产总值达到500亿元，年均增长8%。

到2025年，甘肃省货物贸易进出口总额达到120亿美元。

到2025年，月球基地建成观测站30个。

到2025年，绿化率达到130%。
"""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "规划.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_plan_of_the_pack_in_the_middle_of_its_time(capsysbinary) -> None:
    assert main(["monitor", "gs-open-135", "--as-of", "2018-06-30"]) == 1
    text = capsysbinary.readouterr().out.decode()
    assert "截至 2018-06-30" in text
    assert "红 1　灰 35" in text
    (row,) = (line for line in text.splitlines() if "货物贸易进出口总额" in line)
    for figure in ("≥120亿美元", "48.3", "2017", "94.2", "+35.5%", "-22.4%", "滞后"):
        assert figure in row
    assert "另有 35 个目标没有可比的观测值" in text


def test_on_a_narrow_screen_names_stay_readable(capsysbinary, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    main(["monitor", "gs-open-135", "--as-of", "2018-06-30"])
    text = capsysbinary.readouterr().out.decode()
    (row,) = (line for line in text.splitlines() if "货物贸易进出口总额" in line)
    assert "+35.5%" in row
    assert all(width(line) <= 80 for line in text.splitlines())


def test_all_lists_what_has_no_data(capsysbinary) -> None:
    main(["monitor", "gs-open-135", "--as-of", "2018-06-30", "--all", "--lang", "en"])
    text = capsysbinary.readouterr().out.decode()
    assert sum(line.startswith("grey") for line in text.splitlines()) == 35
    assert "--all lists them" not in text


def test_as_data_with_reasons_in_both_languages(capsysbinary) -> None:
    assert main(["monitor", "lz-etdz-135", "--as-of", "2026-11-21", "--format", "json"]) == 1
    record = json.loads(capsysbinary.readouterr().out)
    assert record["as_of"] == "2026-11-21"
    assert record["lamps"]["finished"] == 106
    product = next(t for t in record["targets"] if t["target"]["id"] == "lz-etdz-135.gdp")
    assert product["actual"] == 331.49
    assert product["grade"] == "behind"
    assert product["reasons"][0]["code"] == "lamp_missed"
    assert all(one["text"] and one["text_en"] for one in product["reasons"])
    assert {one["reasons"][0]["code"] for one in record["unmeasured"]} == {"no_deadline"}


def test_a_file_is_read_and_what_makes_no_sense_is_said(plan, capsysbinary) -> None:
    assert main(["monitor", str(plan), "--as-of", "2024-06-30"]) == 1
    text = capsysbinary.readouterr().out.decode()
    assert "地区生产总值" in text
    assert "356.9" in text
    assert "占比130%超出0—100%，目标不成立，不作测算" in text
    assert "月球基地建成观测站 30个　指标未能对应到目录" in text


def test_a_file_without_targets_is_no_finding(tmp_path, capsysbinary) -> None:
    path = tmp_path / "空.txt"
    path.write_text("会议通知\n\n请准时参加。\n", encoding="utf-8")
    assert main(["monitor", str(path)]) == 0
    assert "没有识别出目标" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gs-open-135", "--as-of", "2018年"], "不是日期"),
        (["没有的.docx"], "没有这个文件"),
        (["gs-open-135", "--pack", "nowhere"], "数据包 nowhere"),
        (["gs-open-135", "--format", "pdf"], "不能是 'pdf'"),
        ([], "缺少参数"),
    ],
)
def test_a_wrong_command_is_one_line(arguments, said, capsys) -> None:
    assert main(["monitor", *arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_the_result_never_takes_the_place_of_the_plan(plan, capsys) -> None:
    assert main(["monitor", str(plan), "--out", str(plan)]) == 2
    assert plan.read_text(encoding="utf-8") == TEXT


def test_written_to_a_file(plan, tmp_path) -> None:
    out = tmp_path / "进度.json"
    assert main(["monitor", str(plan), "--format", "json", "--out", str(out)]) in (0, 1)
    assert len(json.loads(out.read_text(encoding="utf-8"))["targets"]) == 2


@pytest.mark.slow
def test_a_plan_of_the_library_by_number_and_by_title(home) -> None:
    by_title = run_in(home, "monitor", "开放型经济发展规划目标", "--format", "json")
    assert by_title.returncode == 1, by_title.stderr
    record = json.loads(by_title.stdout)
    assert len(record["targets"]) == 4
    assert {one["grade"] for one in record["targets"]} == {"behind"}
    by_number = run_in(home, "monitor", "1", "--format", "json")
    assert json.loads(by_number.stdout) == record
    nowhere = run_in(home, "monitor", "9999")
    assert nowhere.returncode == 2
    assert "hexi plan list" in nowhere.stderr
