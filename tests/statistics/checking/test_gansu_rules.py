"""Rules of the gansu pack: what they say of a return, cell by cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hexi.statistics.checking import Answer, Around, Return, check_return, load_rules
from hexi.statistics.forms import load_forms


def failures(filled: Return, around: Around | None = None) -> dict[tuple[str, str], Answer]:
    forms = load_forms("gansu")
    form = forms.at(filled.form, filled.period)
    rules = load_rules("gansu").rules(form.id, form.version)
    answers = check_return(rules, form, forms, filled, around)
    return {(a.rule.id, a.row): a for a in answers if a.verdict is False}


def month(period: int = 202503, **values: str) -> Return:
    figures = {name: Decimal(value) for name, value in values.items()}
    return Return("enterprise-month", period, figures)


def test_every_form_of_the_pack_has_rules_and_no_faults() -> None:
    book, forms = load_rules("gansu"), load_forms("gansu")
    assert all(book.rules(form.id, form.version) for form in forms.versions)


def test_an_empty_return_fails_nothing() -> None:
    assert failures(month()) == {}


def test_an_identity_names_every_cell_and_shows_its_arithmetic() -> None:
    answer = failures(month(tax="10", tax_vat="5", tax_other="2"))["EM-04", ""]
    assert answer.arithmetic == (
        "税收合计 10.00 ≠ 其中：增值税 5.00 + 其中：企业所得税 未填 + 其中：其他税 2.00 = 7.00"
        "；相差 3.00"
    )
    assert [cell.item for cell in answer.cells] == ["tax", "tax_vat", "tax_income", "tax_other"]
    assert answer.rule.severity == "hard"


def test_a_slip_of_ten_thousand_is_told_apart_from_growth() -> None:
    before = Around(returns=[month(202502, output="300", sales_value="300")])
    grown = failures(month(output="900", sales_value="900"), before)
    slipped = failures(month(output="3000000", sales_value="3000000"), before)
    assert ("EM-09", "") in grown
    assert ("EM-11", "") not in grown
    assert "以元填报" in slipped["EM-11", ""].message


def test_a_rule_on_rows_answers_by_row() -> None:
    rows = {"partner": {"840": {}, "392": {"partner_export": Decimal(2)}}}
    found = failures(Return("enterprise-month", 202503, {}, rows=rows))
    assert list(found) == [("EM-18", "840")]
    assert found["EM-18", "840"].cells[0].row == "840"


def test_a_year_is_held_against_all_its_months_or_not_at_all() -> None:
    year = Return("enterprise-year", 202412, {"annual_output": Decimal(2400)})
    months = [month(202400 + n, output="100") for n in range(1, 13)]
    assert ("EY-02", "") in failures(year, Around(returns=months))
    assert ("EY-02", "") not in failures(year, Around(returns=months[1:]))


@pytest.mark.parametrize(("value", "fails"), [("99", True), ("101", False), ("50001", True)])
def test_peers_are_fences_on_both_sides(value: str, fails: bool) -> None:
    fences = {("output", "6"): (Decimal(100), Decimal(50000))}
    found = failures(month(output=value, sales_value=value), Around(fences=fences))
    assert (("EM-19", "") in found) is fails
