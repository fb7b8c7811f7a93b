"""The sample plan goes through the whole engine: both forms read alike, every planted fault is
found, and nothing else is."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from hexi.catalogue import load_pack
from hexi.plans.audit import audit
from hexi.plans.audit.finding import Finding
from hexi.plans.documents import Document, read_document
from hexi.plans.register import build_plan
from hexi.plans.statements import extract
from hexi.plans.statements.statement import Statement
from hexi.samples import FORMATS, PlantedFault, planted_faults, sample_bytes

FAULTS = planted_faults()


@cache
def compiled(form: str) -> tuple[Document, list[Statement], list[Finding]]:
    catalogue = load_pack().catalogue
    document = read_document(sample_bytes(form), name="sample")
    statements = extract(document, catalogue)
    plan = build_plan(document, statements, catalogue)
    return document, statements, audit([(document, statements, plan)], catalogue)


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def touches(finding: Finding, fault: PlantedFault, document: Document) -> bool:
    """The finding rests on the planted figure: inside its passage, with its digits."""
    text = document.text
    passage = squeezed(fault.sentence)
    for evidence in finding.evidence:
        around = squeezed(text[max(0, evidence.start - 200) : evidence.end + 200])
        digits = re.sub(r"[^0-9.六]", "", fault.wrong) or fault.wrong
        if passage in around and digits[:2] in re.sub(r"\s", "", evidence.text):
            return True
    return False


def test_both_forms_give_the_same_statements() -> None:
    def facts(form: str) -> list[tuple[Any, ...]]:
        return [
            (
                squeezed(s.text),
                s.subject,
                s.indicator,
                s.measure,
                s.value,
                s.unit,
                s.period,
                s.modality,
                s.bound,
                s.table,
            )
            for s in compiled(form)[1]
        ]

    assert facts("docx") == facts("pdf")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("fault", FAULTS, ids=[f"{f.checks[0]}-{f.wrong}" for f in FAULTS])
def test_every_planted_fault_is_found(form: str, fault: PlantedFault) -> None:
    document, _, findings = compiled(form)
    found = [f for f in findings if f.is_fault and f.check in fault.checks]
    assert any(touches(finding, fault, document) for finding in found)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_else_is_found(form: str) -> None:
    document, _, findings = compiled(form)
    others = [
        (finding.check, finding.title, finding.arithmetic)
        for finding in findings
        if finding.is_fault and not any(touches(finding, fault, document) for fault in FAULTS)
    ]
    assert others == []


@pytest.mark.parametrize("form", FORMATS)
def test_much_is_checked_and_right(form: str) -> None:
    _, _, findings = compiled(form)
    right = [finding for finding in findings if not finding.is_fault]
    assert len(right) >= 40
    assert {"G1", "R1", "S1", "U1", "T1"} <= {finding.check for finding in right}
