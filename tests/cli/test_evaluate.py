"""``hexi evaluate`` writes the report of a plan, from the pack or from a document."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from hexi.cli import main
from tests.cli.home import run_in

PLAN = (
    "云岭经济开发区“十四五”发展规划（2021—2025年）\n\n第一章　发展目标\n"
    "到2025年，全区固定资产投资达到209亿元，年均增长8%。\n\n第二章　主要任务\n"
    "一、做强产业\n（一）建设标准厂房。由管委会牵头。\n"
)


def test_the_report_of_a_pack_plan_is_a_word_file(tmp_path: Path) -> None:
    out = tmp_path / "评估.docx"
    assert main(["evaluate", "gs-open-135", "--kind", "final", "-o", str(out)]) == 0
    document = docx.Document(io.BytesIO(out.read_bytes()))
    assert any("总结评估报告" in place.text for place in document.paragraphs)


def test_the_report_of_a_document_lists_its_tasks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "云岭.txt"
    path.write_text(PLAN, encoding="utf-8")
    given = ["--kind", "midterm", "--format", "json", "--as-of", "2023-06-30"]
    assert main(["evaluate", str(path), *given]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["as_of"] == "2023-06-30"
    work = next(section for section in record["sections"] if section["key"] == "work")
    assert "规划列出任务" in json.dumps(work, ensure_ascii=False)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["没有.txt", "--kind", "final"], "没有这个文件"),
        (["gs-open-135", "--kind", "final", "--as-of", "2019-01-01"], "规划期到2020年底"),
        (["gs-open-135", "--kind", "final", "--as-of", "去年"], "不是日期"),
    ],
)
def test_a_report_that_cannot_be_written_says_why(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", "evaluate", *given, "--format", "json"]) == 2
    assert told in capsys.readouterr().err


def test_a_plan_of_the_library_is_evaluated_by_its_number(home: Path) -> None:
    told = run_in(home, "evaluate", "2", "--kind", "final", "--format", "json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["kind"] == "final"
