"""A digest made from facts is read, registered and audited like the document it stands for."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hexi.catalogue import Pack, load_pack
from hexi.plans import CompiledPlan, compile_plan
from hexi.plans.audit.docket import open_docket
from hexi.plans.audit.finding import Finding
from hexi.plans.digest import DIGEST_FORMAT, digest
from hexi.plans.figures import figures_csv, figures_of_plan
from hexi.samples import sample_bytes

SHARED = Path(os.environ.get("HEXI_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS = {
    "gs-open-135": "000",
    "gs-zones-135": "001",
    "lz-etdz-135": "002",
    "lzna-process-2024": "003",
    "gs-2023": "004",
}
#: checks of announced lists and stated horizons read running text, which a digest does not have;
#: directions (H3) and bases (H4) count the aims, which a person went over in the facts
PROSE = {"T3", "H2", "H3", "H4"}


@cache
def pack() -> Pack:
    return load_pack("gansu")


@cache
def of(plan: str) -> CompiledPlan:
    return digest(pack(), plan)


@pytest.mark.parametrize("plan", SEEDS)
def test_every_figure_stands_in_the_text_where_its_statement_says(plan: str) -> None:
    made = of(plan)
    document = made.document
    figures = pack().figures_of(plan)
    assert len(made.statements) == len(figures) > 10
    assert document.format == DIGEST_FORMAT
    assert document.name == plan
    for said in made.statements:
        block = document.blocks[said.block]
        assert document.text[said.start : said.end] == said.text
        assert said.printed in said.text
        assert block.start <= said.start < said.end <= block.end
        if said.table:
            cell = block.cells[said.cell]
            assert cell.start <= said.start < said.end <= cell.end
            assert cell.text == document.text[cell.start : cell.end]
        else:
            assert said.sentence[0] <= said.start < said.end <= said.sentence[1]
            assert block.text == document.text[block.start : block.end]
    assert [s.start for s in made.statements] == sorted(s.start for s in made.statements)


@pytest.mark.parametrize("plan", SEEDS)
def test_what_belongs_together_in_the_facts_belongs_together_for_the_audit(plan: str) -> None:
    made = of(plan)
    by_start = {s.start: s for s in made.statements}
    assert len(by_start) == len(made.statements)
    parts = sum(f.role in ("part", "kind") for f in pack().figures_of(plan))
    found = {p.statement.start for r in open_docket([made.parts], 1).relations for p in r.parts}
    assert len(found) == parts


def test_a_lost_decimal_point_is_marked_and_read() -> None:
    lost = [s for s in of("gs-open-135").statements if "lost_point" in s.flags]
    assert [str(s.value) for s in lost] == ["8.6", "22.6"]


def test_names_are_bound_as_in_a_document() -> None:
    first = next(s for s in of("lz-etdz-135").statements if s.indicator == "地区生产总值")
    assert (first.indicator_id, first.subject_id) == ("gdp", "lz-etdz")


def test_the_facts_hold_no_sentences() -> None:
    for figure in pack().figures:
        names = (figure.place, figure.about, figure.row, figure.column, figure.indicator)
        assert not any(mark in name for name in names for mark in "。；！？")


def test_a_plan_without_figures_gives_an_empty_digest() -> None:
    made = of("gs-open-125")
    assert made.statements == () and not any(f.is_fault for f in made.findings)


def test_an_unknown_plan_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        digest(pack(), "nowhere")


def test_figures_taken_from_a_document_tell_its_arithmetic_again() -> None:
    """From the sample plan to facts, and from the facts to the same sums."""
    catalogue = pack().catalogue
    read = compile_plan(sample_bytes("docx"), catalogue, name="sample.docx")
    taken = figures_of_plan(read, "sample", catalogue)
    assert len(taken) == len(read.statements)
    ref = replace(pack().plans[1], id="sample", title=read.document.title)
    told = digest(replace(pack(), plans=(ref,), figures=tuple(taken)), "sample")
    faults = Counter(f.arithmetic for f in read.findings if f.is_fault and f.check not in PROSE)
    again = Counter(f.arithmetic for f in told.findings if f.is_fault)
    assert (faults & again).total() >= faults.total() - 3
    head, first, *_ = figures_csv(taken).splitlines()
    assert head.startswith("plan,number,place") and first.startswith("sample,1,")


def _told(findings: tuple[Finding, ...]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (f.check, f.verdict.value, f.arithmetic) for f in findings if f.check not in PROSE
    )


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the documents are not at hand")
@pytest.mark.parametrize("plan", SEEDS)
def test_the_digest_is_audited_like_the_document(plan: str) -> None:
    """Same faults; of the lines that are right at most a few more or less, never a new fault."""
    (path,) = (SHARED / "seeds").glob(f"{SEEDS[plan]}_*.txt")
    document = compile_plan(path, pack().catalogue)
    made = of(plan)
    theirs = _told(tuple(f for f in document.findings if f.is_fault))
    ours = _told(tuple(f for f in made.findings if f.is_fault))
    assert ours == theirs
    missing = _told(document.findings) - _told(made.findings)
    assert missing.total() <= 2, missing
