"""T3: a count against the list that it announces."""

from __future__ import annotations

import pytest

from hexi.plans.audit import Finding, Verdict, audit
from hexi.plans.documents import read_text


def listed(text: str) -> list[Finding]:
    return [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "T3"]


@pytest.mark.parametrize(
    "text",
    [
        "实施科技创新、产业提升、绿色循环、人才发展、基础设施及生态文明等六大支撑工程。",
        "在白俄罗斯、伊朗、霍尔果斯、哈萨克斯坦和印度设立5个商务代表处。",
        "六大指定监管场地（种苗、肉类、冰鲜、水果、粮食、活体动物）。",
        "划分为三大片区，包括研发区（主体厂房、标准厂房区）、交易展示区、公共服务区。",
        "以外贸、外资、外经、外运“四外”联动。",
        "探索甘肃、新疆、青海、陕西、宁夏西北五省开放合作。",
        # 和 stands inside the last item: 城市矿产和表面处理 is one
        "培育先进装备制造、清洁能源、城市矿产和表面处理3个五百亿级产业。",
        # an inner 等 ties two names into one item
        "在能源资源、装备制造、工程项目、农产品、中药材等种植加工、服务贸易等五大领域合作。",
        # 等 leaves names out
        "涉及财税支持、金融服务、消费扩容等十个方面。",
        # a verb phrase is no item
        "完善体制机制、优化营商环境、打造三大平台。",
        "“一个示范功能区、两个基地、三个平台、四个项目”建设。",
        "坚持“两个市场、两种资源”。",
        "党的十八大和十八届三中、四中、五中全会精神。",
        "到2020年建成道路、管网、厂房等12个项目。",
    ],
)
def test_lists_that_are_right_or_cannot_be_judged_stay_silent(text: str) -> None:
    assert not [f for f in listed(text) if f.is_fault]


@pytest.mark.parametrize(
    "text",
    [
        "实施科技创新、产业提升、绿色循环、人才发展、基础设施、生态文明等五大支撑工程。",
        "四大指定监管场地（种苗、肉类、冰鲜、水果、粮食、活体动物）。",
        "五大体系（规划、建设、管理）同步推进。",
        "抓好兰州、白银、定西、武威五个基地建设。",
    ],
)
def test_lists_that_do_not_match_their_count(text: str) -> None:
    (line,) = [f for f in listed(text) if f.is_fault]
    assert line.evidence[0].text in text


def test_the_line_shows_both_numbers() -> None:
    (line,) = listed("打造甲、乙、丙三大基地。")
    assert line.verdict is Verdict.EQUAL
    assert line.arithmetic == "列出 3 项；原文 3"
