"""One rule, one verdict: Python, SQL and the browser's script on the same cases."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from hexi.statistics.checking import check_return
from hexi.statistics.forms import load_forms
from hexi.warehouse import Engine
from tests.statistics.checking.cases import (
    SCRIPT,
    Case,
    by_node,
    by_python,
    by_sql,
    in_sql,
    node,
    page,
    read_cases,
)

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_python_and_sql_give_the_verdict(case: Case, engine: Engine) -> None:
    assert by_python(case) == case.verdicts
    if in_sql(case):
        assert by_sql(case, engine) == case.verdicts


def test_the_message_says_the_figures() -> None:
    told = [case for case in CASES if case.message]
    assert told
    for case in told:
        (answer,) = check_return(
            [case.rule], case.form, load_forms("gansu"), case.filled, case.around
        )
        assert answer.message == case.message


def expect_same(answers: list[list[dict[str, object]]]) -> None:
    for case, found in zip(CASES, answers, strict=True):
        assert {a["row"]: a["verdict"] for a in found} == case.verdicts, case.title
        told = check_return([case.rule], case.form, load_forms("gansu"), case.filled, case.around)
        words = {a.row: (a.message, a.arithmetic) for a in told if a.verdict is False}
        failed = [a for a in found if a["verdict"] is False]
        assert {a["row"]: (a["message"], a["arithmetic"]) for a in failed} == words


@pytest.mark.skipif(node() is None, reason="no Node on this machine")
def test_the_script_gives_the_verdict_under_node() -> None:
    program = node()
    assert program
    expect_same(by_node([page(case) for case in CASES], program))


@pytest.mark.browser
def test_the_script_gives_the_verdict_in_chromium() -> None:
    """A page of its own, without the portal: the script alone decides."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("HEXI_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if not path:
        pytest.skip("no Chromium on this machine")

    def answered() -> list[Any]:
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
            given = browser.new_page().evaluate(
                "async ([text, pages]) => {"
                " const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));"
                " const { check } = await import(url);"
                " return pages.map((p) => check(p.record, p.state, p.period)); }",
                [SCRIPT.read_text(encoding="utf-8"), [page(case) for case in CASES]],
            )
            browser.close()
        return list(given)

    # in a thread of its own: the portal's browser, where it is open, has a loop in this one
    with ThreadPoolExecutor(1) as thread:
        answers = thread.submit(answered).result()
    expect_same(answers)
