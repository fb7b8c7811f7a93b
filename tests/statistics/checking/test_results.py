"""Results of checking: what stands in the way of submission, explanations, validation report."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from hexi.statistics.checking import (
    Answer,
    Around,
    Event,
    Query,
    Return,
    can_be_submitted,
    check_return,
    explanation_of,
    lapsed,
    load_rules,
    query_of,
    standing,
    summary,
    touched,
    unexplained,
    validation_report,
)
from hexi.statistics.forms import load_forms

BEFORE = Around(returns=[Return("enterprise-month", 202502, {"output": Decimal(300)})])


def filled(**values: str) -> Return:
    return Return("enterprise-month", 202503, {k: Decimal(v) for k, v in values.items()})


def answers(**values: str) -> list[Answer]:
    forms = load_forms("gansu")
    form = forms.at("enterprise-month", 202503)
    rules = load_rules("gansu").rules(form.id, form.version)
    return check_return(rules, form, forms, filled(**values), BEFORE)


def asked(found: list[Answer]) -> list[Query]:
    return [query_of(answer) for answer in found if answer.verdict is False]


def failing(rule: str, found: list[Answer]) -> Answer:
    return next(a for a in found if a.rule.id == rule and a.verdict is False)


def test_a_queried_figure_can_be_submitted_once_it_is_explained() -> None:
    found = answers(output="900", sales_value="900")
    assert summary(found) == {"hard": 0, "explain": 1, "info": 0}
    assert not can_be_submitted(found)
    reason = explanation_of(failing("EM-09", found), "新生产线投产")
    assert can_be_submitted(found, standing([reason], found))


def test_an_explanation_lapses_when_its_figure_changes() -> None:
    reason = explanation_of(failing("EM-09", answers(output="900", sales_value="900")), "投产")
    after = answers(output="950", sales_value="950")
    assert standing([reason], after) == []
    assert lapsed([reason.query], asked(after)) == [reason.query]


def test_an_explanation_stays_when_another_figure_changes() -> None:
    first = answers(output="900", sales_value="900")
    reason = explanation_of(failing("EM-09", first), "投产")
    after = answers(output="900.00", sales_value="880", employees="3")
    assert lapsed([reason.query], asked(after)) == []
    assert unexplained(asked(after), [reason.query]) == []


def test_an_explanation_lapses_when_the_failure_is_gone() -> None:
    reason = explanation_of(failing("EM-09", answers(output="900", sales_value="900")), "投产")
    calm = answers(output="310", sales_value="310")
    assert lapsed([reason.query], asked(calm)) == [reason.query]


def test_an_explanation_is_of_one_row_and_one_version_of_the_rule() -> None:
    query = Query("EM-09/1", "156", {"exports": "900"})
    assert query.same(Query("EM-09/1", "156", {"exports": "900.00"}))
    for other in (
        Query("EM-09/2", "156", {"exports": "900"}),
        Query("EM-09/1", "840", {"exports": "900"}),
        Query("EM-09/1", "156", {"exports": "901"}),
        Query("EM-09/1", "156", {"exports": ""}),
        Query("EM-09/1", "156", {"imports": "900"}),
    ):
        assert unexplained([query], [other]) == [query]


def test_a_figure_that_is_being_changed_takes_its_explanations_along() -> None:
    one, two = Query("A/1", "", {"output": "900"}), Query("B/1", "", {"employees": "3"})
    assert touched([one, two], {"output", "sales_value"}) == [one]


def test_a_hard_failure_cannot_be_explained_away() -> None:
    found = answers(output="100", output_new="200")
    hard = failing("EM-01", found)
    with pytest.raises(ValueError, match="核实"):
        explanation_of(hard, "属实")
    assert not can_be_submitted(found, found)


def test_an_explanation_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="原因"):
        explanation_of(failing("EM-09", answers(output="900", sales_value="900")), " ")


def test_the_report_has_event_rule_data_and_value() -> None:
    found = answers(output="900", sales_value="900", output_new="1")
    event = Event(datetime(2025, 4, 8, 9, tzinfo=UTC), "li", "submission")
    return_ = filled(output="900", sales_value="900", output_new="1")
    records = {r["rule"]["id"]: r for r in validation_report(found, return_, "916", event)}
    failed = records["EM-09/1"]
    assert failed["event"] == {
        "time": "2025-04-08T09:00:00+00:00",
        "actor": "li",
        "agent": "hexi",
        "trigger": "submission",
    }
    assert failed["rule"]["severity"] == "warning"
    assert failed["rule"]["expression"].startswith("when last(output) > 100 then output")
    assert failed["data"]["source"] == "916/enterprise-month/2024/202503"
    assert failed["data"]["target"] == ["output", "last(output)"]
    assert failed["value"] == "0"
    assert records["EM-01/1"]["value"] == "1"
    assert records["EM-04/1"]["value"] == "NA"
    assert len({record["id"] for record in records.values()}) == len(records)


def test_figures_that_an_explanation_binds_to_are_plain_decimals() -> None:
    found = failing("EM-09", answers(output="900.50", sales_value="900"))
    assert found.values == (("output", "900.5"), ("last(output)", "300"))
