"""Money as offices write it (资金的写法): read to whole yuan, named where it cannot be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.projects.money import UNITS, MoneyFault, in_unit, money_words, read_money, unit_named

READ = (
    ("3500", "万元", 35_000_000),
    ("3,500", "万元", 35_000_000),
    ("1.2亿", "万元", 120_000_000),
    ("1.2 亿元", "万元", 120_000_000),
    ("800元", "万元", 800),
    ("¥ 12.5万", "亿元", 125_000),
    ("１．５", "亿元", 150_000_000),
    ("0.3456", "万元", 3456),
    ("人民币20百万元", "万元", 20_000_000),
    ("0", "万元", 0),
    ("-0", "万元", 0),
)
REFUSED = (
    ("约30", "money_wrong"),
    ("", "money_wrong"),
    ("1,20", "money_wrong"),
    ("3000万美元", "money_currency"),
    ("$50", "money_currency"),
    ("12吨", "money_unit"),
    ("0.00001", "money_parts"),
    ("-5", "money_negative"),
)


@pytest.mark.parametrize(("text", "unit", "yuan"), READ)
def test_read(text: str, unit: str, yuan: int) -> None:
    assert read_money(text, unit) == yuan


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(MoneyFault) as fault:
        read_money(text)
    assert fault.value.code == code


def test_unit_of_a_head() -> None:
    assert unit_named("总投资（亿元）") == "亿元"
    assert unit_named("总投资(万元)") == "万元"
    assert unit_named("Total investment / 元") == "元"
    assert unit_named("总投资") == ""
    assert unit_named("亩均投资（万元/亩）") == ""


@given(st.integers(0, 10**15), st.sampled_from(sorted(UNITS)))
def test_written_and_read_again(yuan: int, unit: str) -> None:
    assert read_money(in_unit(yuan, unit), unit) == yuan


def test_words() -> None:
    assert money_words(125_000_000) == "1.25 亿元"
    assert money_words(35_000_000) == "3,500 万元"
    assert money_words(800) == "800 元"
    assert money_words(0) == "0 元"
    assert money_words(None) == ""
    assert money_words(125_000_000, "en") == "¥125.00 m"
