"""Tables as files (导出): what a plan or a person wrote never runs in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import python_calamine
from django.utils import translation

from hexi.portal.core.exports import FORMATS, long_table_response, table_response
from hexi.portal.core.refusal import NotFound
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


def sent(suffix: str, count: int) -> Any:
    """A file of rows that are made one after another."""
    made = ([str(at), f"第{at}行，\n{translation.get_language()}", "=1+1"] for at in range(count))
    return long_table_response(suffix, "test", "测试", ["序号", "文字", "式"], made)


def whole(response: Any) -> bytes:
    return response.getvalue() if response.streaming else response.content


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("count", [0, 3, 2000, 2001, 2500])
def test_a_long_file_is_the_short_one_longer(suffix: str, count: int) -> None:
    rows = [[str(at), f"第{at}行，\nzh-hans", "=1+1"] for at in range(count)]
    head = ["序号", "文字", "式"]
    with translation.override("zh-hans"):
        short, long = table_response(suffix, "test", "测试", head, rows), sent(suffix, count)
    # whoever reads it does so when the language of the request is no longer the thread's
    with translation.override("en"):
        body = whole(long)
    assert long["Content-Type"] == short["Content-Type"]
    assert long.streaming == (count > 2000)
    assert "hexi-test." in long["Content-Disposition"]
    if suffix == "xlsx":
        told = [
            python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(one))
            .get_sheet_by_index(0)
            .to_python()
            for one in (body, short.content)
        ]
        assert told[0] == told[1] and len(told[0]) == count + 1
    else:
        assert body == short.content


def test_a_format_that_is_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        sent("exe", 1)
