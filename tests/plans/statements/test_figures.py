"""Figures in running text: what is one, where it ends, what it stands for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.statements.figures import find_figures


def spans(text: str) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.unit) for f in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进出口80.1亿美元", [("80.1亿美元", "亿美元")]),
        ("能耗3.26吨标准煤/万元", [("3.26吨标准煤/万元", "吨标准煤/万元")]),
        ("税收281.84万元/hm2", [("281.84万元/hm2", "万元/hm2")]),
        ("开通 240 余条航线", [("240 余条", "条")]),
        ("师生 10 余万人", [("10 余万人", "万人")]),
        ("销售收入超过100亿的开发区", [("100亿", "亿元")]),
        ("时效9-10天", [("9", "天"), ("10天", "天")]),
        ("增速3%-4%", [("3%", "%"), ("4%", "%")]),
        ("提高2.3个百分点", [("2.3个百分点", "个百分点")]),
        ("出口翻一番", [("一番", "番")]),
        ("规模翻了近一番", [("一番", "番")]),
        ("占全省近三分之一", [("三分之一", "")]),
        ("占经济总量的1/4以上", [("1/4", "")]),
        ("出口首破百亿元。", [("百亿元", "百亿元")]),
        ("容积率由1.1提高到1.6，", [("1.1", ""), ("1.6", "")]),
        ("城乡居民收入比缩小至1.9。", [("1.9", "")]),
        ("跻身全国前百强", [("百强", "强")]),
        ("新建110千伏变电站6座", [("6座", "座")]),
        ("达到百分之二十", [("百分之二十", "%")]),
        ("完成投资１２．５亿元", [("１２．５亿元", "亿元")]),
        ("总额1,542亿元", [("1,542亿元", "亿元")]),
        ("900个亿元以上项目", [("900个", "个"), ("亿元", "亿元")]),
        ("百万吨乙烯项目", [("百万吨", "百万吨")]),
        ("排名第2位", [("2位", "位")]),
    ],
)
def test_a_figure_is_numeral_and_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2015年8月30日", "甘政发〔2016〕23号", "世界500强", "21世纪", "5G网络", "第32届",
        "T3航站楼", "S573-1#路", "G309线", "（2021年版）", "十三五", "1.对外贸易",
    ],
)  # fmt: skip
def test_other_digits_are_no_figures(text: str) -> None:
    assert spans(text) == []


@given(
    st.text(
        alphabet="一二三0123456789.，、%亿万元个家年至-至到（）〔〕占第比约以上 \ue010\n",
        max_size=60,
    )
)
@settings(max_examples=300)
def test_any_text_gives_ordered_disjoint_figures(text: str) -> None:
    figures = find_figures(text)
    for first, second in pairwise(figures):
        assert first.end <= second.start
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.unit
