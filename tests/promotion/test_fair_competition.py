"""Fair-competition check (公平竞争审查): articles 8 to 12 of order 783 on clauses that occur."""

from __future__ import annotations

from datetime import date

import pytest

from hexi.promotion.fair_competition import Answer, Clause, review
from hexi.promotion.fair_loading import load_fair_rules

RULES = load_fair_rules("gansu")
DAY = date(2026, 11, 20)
TAX = Clause(1, "tax", "对乙方缴纳的税收地方留成部分给予返还。")
SERVICE = Clause(1, "service", "甲方为项目提供全程代办服务。")


def answered(clauses: list[Clause], **given: Answer) -> dict[str, Answer]:
    """No to everything, but for the rules named: ``r10_1`` is rule 10.1 of the first clause."""
    answers = {asked.key: Answer(contains=False) for asked in RULES.questions(clauses, DAY)}
    for name, answer in given.items():
        answers[f"1:{name[1:].replace('_', '.')}"] = answer
    return answers


def test_every_item_of_the_four_articles_has_its_question() -> None:
    items = {"8": 5, "9": 6, "10": 4, "11": 4}
    wanted = {f"{article}.{n}" for article, most in items.items() for n in range(1, most + 1)}
    assert {rule.id for rule in RULES.rules} == wanted


def test_nothing_is_checked_until_all_is_answered() -> None:
    told = review(RULES, [TAX], {}, DAY)
    assert told.verdict == "open" and not told.passes


def test_a_harmless_clause_passes() -> None:
    told = review(RULES, [SERVICE], answered([SERVICE]), DAY)
    assert told.verdict == "passed" and told.passes


def test_a_tax_favour_without_a_basis_is_refused_with_its_article() -> None:
    told = review(RULES, [TAX], answered([TAX], r10_1=Answer(contains=True)), DAY)
    assert told.verdict == "refused"
    assert [one.asked.rule.article for one in told.of("forbidden")] == ["第十条第一项"]


GROUNDS = (
    # exemption, basis, why nothing milder, until → verdict and why
    ("law", "企业所得税法第二十八条", "", None, "excepted", ""),
    ("council", "国函〔2026〕1号", "", None, "excepted", ""),
    ("law", "  ", "", None, "refused", "no_basis"),
    ("nobody", "某文", "", None, "refused", "unknown"),
    ("art12_2", "科技进步", "别无他法", date(2028, 12, 31), "excepted", ""),
    ("art12_2", "科技进步", "", date(2028, 12, 31), "refused", "not_bounded"),
    ("art12_2", "科技进步", "别无他法", None, "refused", "not_bounded"),
)


@pytest.mark.parametrize(("exemption", "basis", "milder", "until", "verdict", "why"), GROUNDS)
def test_what_makes_an_exception(
    exemption: str, basis: str, milder: str, until: date | None, verdict: str, why: str
) -> None:
    claimed = Answer(True, exemption, basis, milder, until)
    told = review(RULES, [TAX], answered([TAX], r10_1=claimed), DAY)
    assert told.verdict == verdict
    assert [one.why for one in told.findings if one.answer == claimed] == [why]


def test_approval_by_the_state_council_excuses_costs_and_not_a_ban_on_leaving() -> None:
    staying = Clause(1, "staying", "乙方十年内不得迁出。")
    claimed = Answer(True, "council", "国函〔2026〕1号")
    told = review(RULES, [staying], answered([staying], r8_4=claimed), DAY)
    assert told.verdict == "refused"
    assert told.of("forbidden")[0].why == "not_for_this"


def test_a_clause_is_known_by_its_words_whatever_it_is_called() -> None:
    hidden = Clause(1, "service", "甲方按乙方税收地方留成的50%给予扶持资金。")
    assert set(RULES.kinds_of(hidden)) == {"service", "tax", "subsidy"}
    asked = {one.rule.id for one in RULES.questions([hidden], DAY) if one.number == 1}
    assert {"10.1", "10.2"} <= asked


def test_before_the_order_was_in_force_it_asks_nothing() -> None:
    assert review(RULES, [TAX], {}, date(2024, 7, 31)).findings == ()
