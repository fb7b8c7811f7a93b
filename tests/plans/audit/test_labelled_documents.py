"""The audit over the labelled documents: known faults are found, right figures stay silent."""

from __future__ import annotations

import pytest

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import labelled

#: document: places of the figures of known faults, one of which the finding must rest on
FAULTS = {
    "000": [{4032, 4051}, {1429}, {2823}, {8309, 15233}, {7777, 8147}, {7978}, {8006}],
    "001": [{5911, 5983}],
    "003": [],
    "004": [{1355, 1379}],
}


@pytest.mark.parametrize("number", sorted(FAULTS))
def test_known_faults_are_found_and_nothing_else(number: str) -> None:
    document, statements = labelled(number)
    faults = [f for f in audit([(document, statements, None)]) if f.is_fault]
    for places in FAULTS[number]:
        assert any(places & {e.start for e in f.evidence} for f in faults), places
    known = set().union(*FAULTS[number]) if FAULTS[number] else set()
    others = [f for f in faults if not known & {e.start for e in f.evidence}]
    assert not others, [f.title for f in others]


def test_evidence_is_the_text_of_the_document() -> None:
    document, statements = labelled("000")
    for line in audit([(document, statements, None)]):
        for evidence in line.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.text


def test_lost_points_are_named_as_faults_of_the_file() -> None:
    document, statements = labelled("000")
    lines = audit([(document, statements, None)])
    faults = [f for f in lines if {7978, 8006} & {e.start for e in f.evidence} and f.is_fault]
    assert len(faults) == 2
    assert all("编码差错" in f.title and f.verdict is Verdict.SUSPECT for f in faults)


def arithmetic(lines: list[Finding]) -> str:
    return "\n".join(f"{f.check} {f.verdict} {f.arithmetic} {f.expected}" for f in lines)


def test_what_was_checked_and_right_is_listed() -> None:
    document, statements = labelled("000")
    text = arithmetic(audit([(document, statements, None)]))
    for part in (
        "70.8–74.8 / 70.8–74.4 亿美元",
        "8.274–9.198 亿美元",
        "21.79–23.2 亿美元",
        "6.154–6.263",
        "8 + 67 + 25 = 100",
        "列出 9 项；原文 9",
    ):
        assert part in text or part.replace("列出 9", "列出 8–9") in text, part


def test_the_one_row_outside_its_rounding_range_is_called_rounding() -> None:
    document, statements = labelled("001")
    lines = [f for f in audit([(document, statements, None)]) if f.check == "G1"]
    assert {f.verdict for f in lines} == {Verdict.PASS, Verdict.ROUNDING}
    (row,) = [f for f in lines if f.verdict is Verdict.ROUNDING]
    assert row.expected == "771–776.6 亿元"
    assert "须 19.0%" in row.arithmetic
