"""``hexi audit`` says what does not add up, in every form, with an exit code a script can use."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from hexi.cli import main

HEAD = "云岭经济开发区“十四五”发展规划（2021—2025年）\n\n第一章　发展目标\n"
RIGHT = HEAD + (
    "2020年，全区固定资产投资142亿元。到2025年，固定资产投资达到209亿元，年均增长8%。"
    "规划面积22平方公里（33000亩）。\n"
)
WRONG = RIGHT.replace("33000亩", "36000亩")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "错.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "对.txt"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_a_plan_that_adds_up_exits_0_and_says_how_much_was_checked(
    right: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "audit", str(right)]) == 0
    shown = capsys.readouterr().out
    assert "未发现不符" in shown
    assert main(["--lang", "zh", "audit", str(right), "--all"]) == 0
    shown = capsys.readouterr().out
    assert "已核无误" in shown
    assert "22平方公里" in shown


def test_a_fault_exits_1_with_its_sum_its_range_and_its_sentence(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "audit", str(wrong)]) == 1
    shown = capsys.readouterr().out
    assert "U1" in shown
    assert "33000亩" in shown
    assert f"错:{WRONG.index('22平方公里')}" in shown
    assert "【22平方公里（36000亩）】" in shown or "【36000亩】" in shown


def test_json_is_a_list_of_findings_and_all_adds_the_right_lines(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(wrong), "--format", "json"]) == 1
    faults = json.loads(capsys.readouterr().out)
    assert [fault["check"] for fault in faults] == ["U1"]
    keys = {"check", "verdict", "rank", "title", "arithmetic", "expected", "hypothesis", "evidence"}
    assert keys <= set(faults[0])
    place = faults[0]["evidence"][0]
    assert WRONG[place["start"] : place["end"]] == place["text"]
    assert main(["audit", str(wrong), "--format", "json", "--all"]) == 1
    everything = json.loads(capsys.readouterr().out)
    assert {"G1", "U1"} <= {line["check"] for line in everything}


def test_word_and_excel_reports_are_written(wrong: Path, tmp_path: Path) -> None:
    word, book = tmp_path / "r.docx", tmp_path / "r.xlsx"
    assert main(["--lang", "zh", "audit", str(wrong), "--format", "docx", "--out", str(word)]) == 1
    texts = [paragraph.text for paragraph in docx.Document(str(word)).paragraphs]
    assert texts[0].endswith("数字核算报告")
    assert main(["--lang", "zh", "audit", str(wrong), "--format", "xlsx", "--out", str(book)]) == 1
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.read_bytes())).sheet_names
    assert sheets == ["问题", "证据", "已核无误"]


def test_an_upper_plan_brings_its_own_figures_in(
    right: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upper = tmp_path / "上级.txt"
    upper.write_text(
        "云岭市开发区“十四五”发展规划（2021—2025年）\n\n第一章　发展目标\n"
        "到2025年，全市开发区固定资产投资达到500亿元。\n",
        encoding="utf-8",
    )
    assert main(["--lang", "zh", "audit", str(right), "--upper", str(upper), "--all"]) in (0, 1)
    alone = "共读出 5 个数字"
    assert alone not in capsys.readouterr().out


def test_a_broken_upper_plan_stops_the_audit(
    right: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upper = tmp_path / "上级.pdf"
    upper.write_bytes(b"%PDF-1.7 nothing")
    assert main(["--lang", "zh", "audit", str(right), "--upper", str(upper)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "上级.pdf" in shown.err
    assert shown.err.count("\n") == 1
