"""Figures far from those of peers (偏离同类企业): the page, an upload and the warehouse agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from hexi.portal.core.models import Unit
from hexi.portal.returns import form_book, peer_fences
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.explain import explain
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.upload_batch import upload_batch
from hexi.portal.returns.batches.worker import take_waiting
from hexi.portal.returns.filling.checking import open_queries
from hexi.portal.returns.filling.surroundings import rules_for
from hexi.portal.returns.grid.page import grid_context
from hexi.portal.returns.models import Enterprise, Reporter, Return, Submission
from hexi.portal.returns.peer_fences import fences_of
from hexi.portal.returns.workbooks.template import template_of
from hexi.statistics.checking import Facts, check_period, fences_sql
from hexi.warehouse import open_engine
from tests.portal.returns.bureau import AT, FORM, PERIOD, Bureau, figures_of
from tests.portal.returns.workbook_edits import filled_in

pytestmark = pytest.mark.django_db

LAST = 202609
WANTED = frozenset({("output", "6")})
#: what peers report, about as usual
USUAL = ["900", "980", "1050", "1100", "1200", "1250", "1300", "1400", "1500", "1700"]


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    """Numbers of submissions begin anew with each test; what was worked out from them too."""
    peer_fences.forget()
    yield
    peer_fences.forget()


def sized(bureau: Bureau, size: str = "medium") -> None:
    """The enterprise that reports has a size, without which it has no peers."""
    enterprise = Enterprise.objects.get(pk=bureau.maker.pk)
    enterprise.spells.update(size=size)


def handed_in(period: int, outputs: list[str], *, start: int = 0, size: str = "medium") -> None:
    """Peers that handed in their output; only what is kept of it is laid down."""
    home = Unit.objects.get(code="etdz-an")
    form = form_book.form_at(FORM, period)
    for number, output in enumerate(outputs, start):
        code = f"PEER{number:014d}"
        reporter, new = Reporter.objects.get_or_create(
            code=code, defaults={"kind": "enterprise", "name": code, "home": home}
        )
        if new:
            standing = {"industry": "3411", "place": "620105", "size": size}
            peer = Enterprise.objects.create(
                reporter=reporter, code=code, name=code, opened=date(2020, 1, 1), **standing
            )
            peer.spells.create(unit=home, since=date(2020, 1, 1), **standing)
        row = Return.objects.create(
            form=FORM, form_version=form.version, period=period, reporter=reporter, unit=home,
            due=AT.date(), values={"output": output}, opened_at=AT, changed_at=AT,
        )  # fmt: skip
        Submission.objects.create(
            target=row, number=1, form_version=form.version, values=row.values,
            submitted_at=AT, submitted_by="peer",
        )  # fmt: skip


def reported(bureau: Bureau, output: str) -> Return:
    """A return with this output, checked."""
    by = bureau.person("maker")
    row = open_return(FORM, PERIOD, bureau.maker.pk, by=by, at=AT)
    figures = figures_of(row) | {"output": output, "sales_value": output}
    assert not save_cells(row.pk, figures, by=by, at=AT).refused
    return check_return(row.pk, by=by, at=AT)


def outlier(row: Return) -> dict[str, object] | None:
    return next((finding for finding in row.findings if finding["rule"] == "EM-19"), None)


def test_a_figure_far_from_its_peers_is_queried_without_naming_theirs(bureau: Bureau) -> None:
    sized(bureau)
    handed_in(PERIOD, USUAL)
    found = outlier(reported(bureau, "800000"))
    assert found is not None
    assert found["severity"] == "explain"
    assert found["cells"] == {"output": "800000.00"}
    told = f"{found['message']}{found['message_en']}{found['arithmetic']}"
    assert not [figure for figure in USUAL if f"{int(figure):,}" in told]
    assert outlier(reported_again(bureau, "1300")) is None


def reported_again(bureau: Bureau, output: str) -> Return:
    by = bureau.person("maker")
    row = Return.objects.get(reporter=bureau.maker, period=PERIOD)
    save_cells(row.pk, {"output": output, "sales_value": output}, by=by, at=AT)
    return check_return(row.pk, by=by, at=AT)


def test_too_few_peers_give_no_verdict(bureau: Bureau) -> None:
    sized(bureau)
    handed_in(PERIOD, USUAL[:9])
    assert outlier(reported(bureau, "800000")) is None


def test_peers_are_of_the_same_size(bureau: Bureau) -> None:
    sized(bureau, "large")
    handed_in(PERIOD, USUAL)
    assert outlier(reported(bureau, "800000")) is None


def test_the_last_period_counts_while_few_have_reported(bureau: Bureau) -> None:
    sized(bureau)
    handed_in(LAST, USUAL)
    handed_in(PERIOD, ["700000"] * 4)
    assert outlier(reported(bureau, "800000")) is not None


def test_fences_stay_while_the_next_few_returns_come_in(bureau: Bureau) -> None:
    handed_in(PERIOD, USUAL)
    form = form_book.form_at(FORM, PERIOD)
    first = fences_of(form, PERIOD, WANTED)
    assert list(first) == [("C34/medium", "output", "6")]
    handed_in(PERIOD, ["90000"] * 9, start=10)
    assert fences_of(form, PERIOD, WANTED) == first
    handed_in(PERIOD, ["90000"], start=19)
    assert fences_of(form, PERIOD, WANTED) != first


def test_an_explanation_stands_when_the_fences_move(bureau: Bureau) -> None:
    sized(bureau)
    handed_in(PERIOD, USUAL)
    row = reported(bureau, "800000")
    found = outlier(row)
    assert found is not None
    explain(row.pk, "EM-19", found["cells"], "新厂投产", by=bureau.person("maker"), at=AT)
    handed_in(PERIOD, [str(int(figure) * 3) for figure in USUAL], start=10)
    row = check_return(row.pk, by=bureau.person("maker"), at=AT)
    assert outlier(row) is not None
    queries = open_queries(row.findings, row.explanations.all())
    assert "EM-19" not in {query["rule"] for query in queries}


def test_an_uploaded_workbook_is_queried_at_its_cell(
    bureau: Bureau, settings: Any, tmp_path: Path
) -> None:
    """The upload says it before anything is applied, with the sentence of the page."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    sized(bureau)
    handed_in(PERIOD, USUAL)
    by = bureau.person("maker")
    template = template_of(bureau.opened())

    def told(output: float) -> list[dict[str, Any]]:
        cells = {("填报", "D6"): output, ("填报", "D7"): output}
        batch = upload_batch([filled_in(template, cells)], "甲.xlsx", by=by, at=AT)
        take_waiting()
        return [one for one in batch.lines.get().answers if one["code"] == "EM-19"]

    (said,) = told(800_000)
    assert (said["sheet"], said["cell"], said["kind"]) == ("填报", "D6", "explain")
    assert told(1300) == []
    assert not Return.objects.get(reporter=bureau.maker, period=PERIOD).values.get("output")
    found = outlier(reported(bureau, "800000"))
    assert found is not None
    assert found["message"] == said["message"]


def test_page_and_warehouse_compare_with_the_same_fences(bureau: Bureau) -> None:
    sized(bureau)
    handed_in(PERIOD, USUAL)
    row = reported(bureau, "800000")
    found = outlier(row)
    data = grid_context(row, bureau.person("maker"))["data"]
    form = form_book.form_at(FORM, PERIOD)
    ((low, high),) = fences_of(form, PERIOD, WANTED).values()
    near = data["around"]["values"]
    assert Decimal(near["peers_low(output, far: 6)"]) == low
    assert Decimal(near["peers_high(output, far: 6)"]) == high
    assert found is not None

    engine = open_engine("duckdb")
    outputs = [*USUAL, "800000"]
    facts = {
        "form": [1] * 11, "period": [PERIOD] * 11, "reporter": list(range(11)),
        "item": pa.array([0] * 11, pa.int32()), "facet": [0] * 11,
        "value": pa.array([Decimal(figure) for figure in outputs], pa.decimal128(18, 4)),
        "prior": pa.nulls(11, pa.decimal128(18, 4)),
    }  # fmt: skip
    register = {"reporter": list(range(11)), "industry": ["C3411"] * 11, "size": ["medium"] * 11}
    register |= {"zone_type": [None] * 11, "level": [None] * 11}
    engine.register("facts", pa.table(facts))
    engine.register("register", pa.table(register))
    engine.register(
        "figures",
        pa.table({"item": facts["item"][:10], "peers": ["C34/medium"] * 10,
                  "period": [PERIOD] * 10, "value": facts["value"][:10]}),
    )  # fmt: skip
    engine.stage("fences", fences_sql([(0, "6")], "figures", engine.dialect, fewest=10))
    given = Facts("facts", {FORM: 1}, {"output": 0}, engine.dialect, "register", "", "fences")
    (rule,) = (rule for rule in rules_for(form, PERIOD) if rule.id == "EM-19")
    assert check_period(engine, [rule], form, PERIOD, given) == {(10, 0): ["EM-19/1"]}
    engine.close()
