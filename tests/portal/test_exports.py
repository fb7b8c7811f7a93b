"""Tables as files (导出): what a plan or a person wrote never runs in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from hexi.portal.core.exports import table_response
from hexi.portal.plans.acts.decide_finding import decide_finding
from tests.portal.office import AT, Office

RUNS = ["=1+1", "-5+cmd|' /C calc'!A0", "@x", "+1+1", "\t=1+1", "＝1+1"]
NUMBERS = ["-5", "+5", "-1,234.5", "+12.5%", "−5", "5", "2016–2020", "–", ""]


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def exported(rows: list[list[str]]) -> list[list[str]]:
    return cells(table_response("csv", "test", "测试", ["列"], rows).content)[1:]


@pytest.mark.parametrize("text", RUNS)
def test_a_cell_that_looks_like_a_formula_is_made_inert(text: str) -> None:
    assert exported([[text]]) == [[f"'{text}"]]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_plain_signed_number_is_untouched(text: str) -> None:
    assert exported([[text, "后"]]) == [[text, "后"]]


def test_what_a_person_wrote_is_inert_in_the_list_of_findings(office: Office) -> None:
    decide_finding(
        office.fault.pk, "dismiss", reason="=1+1", note="", by=office.person("zone"), at=AT
    )
    answer: Any = office.client("zone").get("/findings/export.csv")
    head, *rows = cells(answer.content)
    reasons = [row[head.index("理由")] for row in rows]
    assert "'=1+1" in reasons
    assert "=1+1" not in reasons
