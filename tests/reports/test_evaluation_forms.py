"""The Word form of an evaluation: charts Word can edit, numbers that lead to their evidence."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from hexi.catalogue import load_pack
from hexi.monitoring.evaluation import Evaluation, compose, subject_of_pack_plan
from hexi.monitoring.evaluation.keeping import Edit
from hexi.reports import evaluation_docx, evaluation_json

TODAY = date(2026, 11, 1)
AT = datetime(2026, 11, 1, 9, 0)


@pytest.fixture(scope="module")
def report() -> Evaluation:
    subject = subject_of_pack_plan(load_pack("gansu"), "gs-open-135", TODAY)
    return compose(subject, "final", TODAY)


def body(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(place.text for place in document.paragraphs)


def test_sections_are_numbered_as_official_papers_number_them(report: Evaluation) -> None:
    text = body(evaluation_docx.render(report, at=AT))
    assert "一、总体评价" in text
    assert "（一）预期性指标" in text
    assert "附件：目标完成情况总表" in text
    assert "附件：依据清单" in text


def test_every_number_after_a_sentence_leads_to_a_row_of_the_evidence(report: Evaluation) -> None:
    document = docx.Document(io.BytesIO(evaluation_docx.render(report)))
    element = document.element
    anchors = {link.get(qn("w:anchor")) for link in element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in element.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors <= marks
    assert len(marks) == len(report.evidence)


def test_charts_carry_their_figures_so_that_word_can_edit_them(report: Evaluation) -> None:
    with zipfile.ZipFile(io.BytesIO(evaluation_docx.render(report))) as packed:
        charts = [name for name in packed.namelist() if name.startswith("word/charts/chart")]
        books = [name for name in packed.namelist() if name.startswith("word/embeddings/")]
        assert len(charts) == len(books) == 3
        drawn = packed.read("word/charts/chart2.xml").decode()
        sheet = CalamineWorkbook.from_filelike(
            io.BytesIO(packed.read("word/embeddings/chart2.xlsx"))
        )
    assert 'dispBlanksAs val="gap"' in drawn
    rows = sheet.get_sheet_by_name("Sheet1").to_python()
    assert rows[0][1:] == ["实际", "目标"]
    assert next(row for row in rows if row[0] == "2020")[2] == 120


def test_the_same_report_gives_the_same_bytes(report: Evaluation) -> None:
    assert evaluation_docx.render(report, at=AT) == evaluation_docx.render(report, at=AT)


def test_what_people_wrote_stands_in_the_document(report: Evaluation) -> None:
    edits = [
        Edit("overall.number", "zh", "改写的一句。", base="旧的一句。"),
        Edit("proposal.general", "zh", "加强统计。"),
        Edit("gone", "zh", "没有了归处的话。"),
    ]
    text = body(evaluation_docx.render(report, edits=edits))
    assert "改写的一句。（人工修改）（现数据：" in text
    assert "其他建议：加强统计。" in text
    assert "没有了归处的话。" in text


def test_the_english_form_is_english(report: Evaluation) -> None:
    text = body(evaluation_docx.render(report, language="en"))
    assert "1. Overall" in text
    assert "Annex: evidence" in text
    assert "总体评价" not in text


def test_the_data_form_nests_sections_and_numbers_evidence(report: Evaluation) -> None:
    record = evaluation_json.record(report)
    assert json.loads(json.dumps(record)) == record
    assert [section["number"] for section in record["sections"]][:2] == ["一、", "二、"]
    numbers = {entry["number"] for entry in record["evidence"]}
    sentence = record["sections"][0]["parts"][0]["sentences"][0]
    assert set(sentence["evidence"]) <= numbers
