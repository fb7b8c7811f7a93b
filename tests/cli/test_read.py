"""``hexi read`` gives the statements of real files in every form, to a screen, a pipe or a file."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hexi.cli import main
from hexi.cli.screen import width
from tests.writers.plan import plan_docx, plan_html, plan_pdf, plan_text

#: the keys of the exchange format of labelled statements, in their order
EXCHANGE = [
    "doc",
    "start",
    "end",
    "text",
    "subject",
    "indicator",
    "measure",
    "value",
    "unit",
    "period",
    "modality",
    "bound",
    "table",
]
WRITERS: dict[str, Callable[[], bytes]] = {
    "plan.docx": plan_docx,
    "plan.pdf": plan_pdf,
    "plan.html": plan_html,
    "plan.txt": lambda: plan_text().encode("gb18030"),
    "plan.md": lambda: plan_text().encode(),
}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "示例.txt"
    path.write_text(plan_text(), encoding="utf-8")
    return path


def records(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_jsonl_holds_the_exchange_keys_first_and_places_that_are_right(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(plan), "--format", "jsonl", "--doc", "007"]) == 0
    found = records(capsys.readouterr().out)
    text = plan.read_bytes().decode()
    assert len(found) > 10
    for record in found:
        assert list(record)[: len(EXCHANGE)] == EXCHANGE
        assert record["doc"] == "007"
        assert text[record["start"] : record["end"]] == record["text"]  # type: ignore[misc]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_of_a_plan_is_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(WRITERS[name]())
    assert main(["read", str(path), "--format", "jsonl"]) == 0
    found = {(r["indicator"], r["value"], r["unit"]) for r in records(capsys.readouterr().out)}
    assert {("固定资产投资", 96.8, "亿元"), ("地区生产总值", 300, "亿元")} <= found


def test_csv_opens_in_a_spreadsheet_program(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert main(["read", str(plan), "--format", "csv", "--out", str(out)]) == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0])[: len(EXCHANGE)] == EXCHANGE
    assert any(row["indicator"] == "地区生产总值" and row["unit"] == "亿元" for row in rows)


def test_csv_of_a_text_without_figures_still_has_its_head(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "words.txt"
    path.write_text("坚持新发展理念，推动高质量发展。\n", encoding="utf-8")
    assert main(["read", str(path), "--format", "csv"]) == 0
    assert capsys.readouterr().out.lstrip("\ufeff").startswith("doc,start,end,text,")


def test_several_files_keep_their_names_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "a" / "plan.txt", tmp_path / "b" / "plan.txt"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("2025年，地区生产总值达到300亿元。\n", encoding="utf-8")
    assert main(["read", *map(str, paths), "--format", "jsonl"]) == 0
    assert [r["doc"] for r in records(capsys.readouterr().out)] == ["plan", "plan-2"]


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "2025年，地区生产总值达到300亿元。\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("gb18030"))))
    assert main(["read", "-", "--format", "jsonl"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert (record["doc"], record["text"]) == ("stdin", "300亿元")


@pytest.mark.parametrize(("language", "head"), [("zh", "指标"), ("en", "indicator")])
def test_the_table_lines_up_and_speaks_the_readers_language(
    language: str,
    head: str,
    plan: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["--lang", language, "read", str(plan)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert head in lines[2]
    assert all(width(line) <= 100 for line in lines)
    assert any("地区生产总值" in line and "300" in line for line in lines)


def test_one_bad_file_among_good_ones_is_named_and_the_others_are_read(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    assert main(["--lang", "zh", "read", str(bad), str(plan), "--format", "jsonl"]) == 2
    shown = capsys.readouterr()
    assert {r["doc"] for r in records(shown.out)} == {"示例"}
    assert "坏.docx" in shown.err
    assert shown.err.count("\n") == 1


def test_csv_never_begins_a_cell_with_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("到2025年，=SUM(A1)园区工业总产值达到100亿元。\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    assert main(["read", str(path), "--format", "csv", "--out", str(out)]) == 0
    text = out.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert not [c for row in rows for c in row if c.startswith(("=", "+", "@"))]
