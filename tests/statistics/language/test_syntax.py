"""Expressions: what binds how, and what is said where one cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.statistics.language import ExpressionError, parse
from hexi.statistics.language.nodes import (
    Binary,
    Call,
    Choice,
    Compare,
    IsMissing,
    Logic,
    Name,
    Negation,
    Not,
    Number,
)


def test_products_bind_before_sums_and_sums_before_comparisons() -> None:
    found = parse("a + b * 2 >= -c")
    assert isinstance(found, Compare) and found.operator == ">="
    assert isinstance(found.left, Binary) and found.left.operator == "+"
    assert isinstance(found.left.right, Binary) and found.left.right.operator == "*"
    assert isinstance(found.right, Negation)


def test_subtraction_and_division_go_from_the_left() -> None:
    found = parse("a - b - c")
    assert isinstance(found, Binary)
    assert isinstance(found.left, Binary) and found.right == Name("c", 8)


def test_and_binds_before_or_and_not_before_both() -> None:
    found = parse("a = 1 or not b = 2 and c is missing")
    assert isinstance(found, Logic) and found.operator == "or"
    second = found.operands[1]
    assert isinstance(second, Logic) and second.operator == "and"
    assert isinstance(second.operands[0], Not) and isinstance(second.operands[1], IsMissing)


def test_between_is_two_comparisons() -> None:
    found = parse("a between 1 and 2 and b > 0")
    assert isinstance(found, Logic) and len(found.operands) == 2


def test_signs_of_an_input_method_read_as_plain_ones() -> None:
    assert parse("（产值＋税收）≥１") == parse("(产值+税收)>=1")
    assert parse("率 ≤ 5％") == parse("率 <= 5%")


def test_percent_is_exact() -> None:
    assert parse("12.5%") == Number(Decimal("0.125"), 0)


def test_named_arguments_follow_plain_ones() -> None:
    found = parse('growth(output, basis: "matched")')
    assert isinstance(found, Call)
    assert found.arguments == (Name("output", 7),)
    assert found.keywords[0][0] == "basis"
    assert isinstance(parse("if a > 0 then b / a else 0"), Choice)


@pytest.mark.parametrize(
    ("source", "at", "expected"),
    [
        ("a +", 3, "a value"),
        ("a b", 2, "an operator or the end"),
        ("(a", 2, "“)”"),
        ("a = 1 = 2", 6, "an operator or the end"),
        ("a ! b", 2, "a name, a number or an operator"),
        ("f(a: 1, b)", 8, "a named argument"),
        ("(" * 60, 50, "at most 50 levels"),
        ("a" * 5000, 4000, "at most 4000 characters"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_was_expected(
    source: str, at: int, expected: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert (caught.value.at, caught.value.expected) == (at, expected)


@given(st.text(alphabet='ab1.+-*/=<>()%," 产值andornotif:', max_size=60))
def test_any_text_is_read_or_refused_in_words(source: str) -> None:
    try:
        parse(source)
    except ExpressionError as error:
        assert 0 <= error.at <= len(source)
