"""When evaluations are due (评估时限): by the pack's rules, each once, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hexi.catalogue.faults import PackError
from hexi.monitoring.evaluation_days import evaluations_due, load_evaluation_rules


def test_a_five_year_plan_has_its_evaluations_in_order() -> None:
    found = evaluations_due(2021, 2025, load_evaluation_rules("gansu"))
    assert [(one.kind, one.year, one.due) for one in found] == [
        ("yearly", 2021, date(2022, 3, 31)),
        ("yearly", 2022, date(2023, 3, 31)),
        ("midterm", 2023, date(2023, 12, 31)),
        ("yearly", 2024, date(2025, 3, 31)),
        ("final", 2025, date(2026, 6, 30)),
    ]


def test_a_plan_of_one_year_has_its_final_evaluation_alone() -> None:
    found = evaluations_due(2024, 2024, load_evaluation_rules("gansu"))
    assert [(one.kind, one.year) for one in found] == [("final", 2024)]


def test_a_rule_counts_only_while_it_is_in_force() -> None:
    rules = load_evaluation_rules("gansu")
    assert evaluations_due(1996, 2000, rules) == []


def test_a_pack_without_rules_asks_for_none(tmp_path: Path) -> None:
    assert load_evaluation_rules(tmp_path) == ()


@pytest.mark.parametrize("wrong", ['kind = "often"', "month = 13", 'colour = "red"'])
def test_a_wrong_rule_is_named_with_its_line(wrong: str, tmp_path: Path) -> None:
    folder = tmp_path / "monitoring"
    folder.mkdir()
    good = {
        "id": '"x"', "since": '"2006-01-01"', "until": '""', "kind": '"final"', "after": "0",
        "month": "6", "day": "30", "source": '"s"', "note": '"n"', "note_en": '"n"',
    }  # fmt: skip
    key, _equals, value = wrong.partition(" = ")
    lines = [f"{k} = {v}" for k, v in {**good, key: value}.items()]
    (folder / "evaluations.toml").write_text("[[evaluation]]\n" + "\n".join(lines))
    with pytest.raises(PackError) as caught:
        load_evaluation_rules(tmp_path)
    assert "monitoring/evaluations.toml:1" in str(caught.value)
