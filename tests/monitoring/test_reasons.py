"""What monitoring says: the same facts in both languages, and nothing that is never said."""

import re
from pathlib import Path
from string import Formatter

import pytest

import hexi.monitoring
from hexi.monitoring import reasons
from hexi.monitoring.reasons import because

ROOM = Path(hexi.monitoring.__file__).parent
TEXTS = reasons._TEXTS


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", TEXTS)
def test_both_languages_tell_the_same_facts(code):
    chinese, english = TEXTS[code]
    assert fields(english) <= fields(chinese) | {f"{name}_en" for name in fields(chinese)}
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u3000-\u9fff]", english)


def test_no_sentence_is_left_that_nothing_says():
    said = "".join(
        path.read_text(encoding="utf-8")
        for path in ROOM.rglob("*.py")
        if path != ROOM / "reasons.py"
    )
    assert [code for code in TEXTS if f'"{code}"' not in said] == []


def test_periods_are_written_as_an_office_writes_them():
    said = because("stalled", due="2023-H1", last="2022-Q3", months="4")
    assert said.text == "应有2023年上半年的数据，最近只有2022年三季度，已逾期4个月"
    assert "2023-H1" in said.text_en
    years = because("years_missing", years="2016、2017")
    assert years.text.startswith("2016年、2017年没有数据")
    assert years.text_en.startswith("No data for 2016, 2017;")
    months = because("part_of_year", period="2023-01/05", value="3亿元")
    assert "2023年1—5月" in months.text
