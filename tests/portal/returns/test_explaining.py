"""Explaining a query (核实说明): it stands for the figures it was given for, and for no others."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.acts.check_return import check_return
from hexi.portal.returns.acts.explain import explain
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.filling.checking import open_queries
from hexi.portal.returns.models import Explanation, Return
from hexi.portal.returns.queries.return_page import findings_lines
from tests.portal.returns.bureau import AT, LATER, PERIOD, Bureau

#: far more than was sold, and than a year ago: true, but it has to be said why
HIGH = {"output": "3200"}


@pytest.fixture
def asked(bureau: Bureau) -> Return:
    """A return whose figures are queried."""
    row = bureau.filled()
    return typed(bureau, row, HIGH)


def typed(bureau: Bureau, row: Return, cells: dict[str, str]) -> Return:
    save_cells(row.pk, cells, by=bureau.person("maker"), at=AT)
    return check_return(row.pk, by=bureau.person("maker"), at=AT)


def waiting(row: Return) -> list[dict[str, Any]]:
    return open_queries(row.findings, Explanation.objects.filter(target=row))


def explained(bureau: Bureau, row: Return) -> Return:
    """Every query answered."""
    for query in waiting(row):
        explain(row.pk, query["rule"], query["cells"], "新生产线投产", by=bureau.person("maker"),
                at=AT)  # fmt: skip
    return row


def test_a_query_stops_the_return_until_it_is_explained(bureau: Bureau, asked: Return) -> None:
    assert waiting(asked)
    with pytest.raises(Refusal, match="EM-"):
        submit_return(asked.pk, by=bureau.person("maker"), at=AT)
    assert waiting(explained(bureau, asked)) == []
    lines = [line for line in findings_lines(asked) if line["severity"] == "explain"]
    assert {line["explanation"] for line in lines} == {"新生产线投产"}
    assert submit_return(asked.pk, by=bureau.person("maker"), at=AT).number == 1


def test_it_lapses_with_the_figure_and_does_not_come_back(bureau: Bureau, asked: Return) -> None:
    explained(bureau, asked)
    row = typed(bureau, asked, {"output": "3201"})
    assert waiting(row)
    assert not Explanation.objects.filter(lapsed_at=None, cells__has_key="output").exists()
    # the old figure typed again is a new entry: it is asked about again
    assert waiting(typed(bureau, row, {"output": "3200"}))


def test_it_stands_while_other_figures_change(bureau: Bureau, asked: Return) -> None:
    explained(bureau, asked)
    given = Explanation.objects.count()
    row = typed(bureau, asked, {"employees": "31"})
    assert Explanation.objects.filter(lapsed_at=None).count() == given
    assert not [q for q in waiting(row) if "output" in q["cells"]]


def test_it_lapses_when_the_period_beside_it_changes(bureau: Bureau) -> None:
    """The query compares with last month: that month revised, the reason is for other figures."""
    before = bureau.filled(PERIOD - 1)
    save_cells(before.pk, {"output": "1000"}, by=bureau.person("maker"), at=AT)
    row = typed(bureau, bureau.filled(), HIGH)
    explained(bureau, row)
    beside = Explanation.objects.filter(cells__has_key="last(output)")
    assert beside.filter(lapsed_at=None).exists()
    save_cells(before.pk, {"output": "1001"}, by=bureau.person("maker"), at=LATER)
    row = check_return(row.pk, by=bureau.person("maker"), at=LATER)
    assert not beside.filter(lapsed_at=None).exists()
    assert [query for query in waiting(row) if "last(output)" in query["cells"]]
