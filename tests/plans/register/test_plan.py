"""A plan document becomes a typed plan with every part in its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hexi.plans.documents import Document
from hexi.plans.register import Plan, Target, build_plan
from tests.plans.register.plan_text import plan_document, plan_statements
from tests.plans.statement_maker import document

DOCUMENT: Document = plan_document()
PLAN: Plan = build_plan(DOCUMENT, plan_statements(DOCUMENT))


def target(indicator: str) -> Target:
    (found,) = [t for t in PLAN.targets if t.indicator == indicator]
    return found


def test_title_kind_owner_and_horizon() -> None:
    assert (PLAN.kind, PLAN.level, PLAN.owner, PLAN.region) == (
        "trade",
        "zone",
        "青石新区",
        "云岭省",
    )
    assert (PLAN.horizon.start, PLAN.horizon.end, PLAN.horizon.outlook) == (2021, 2025, 2035)


def test_basis_names_the_documents_it_rests_on_and_marks_upper_plans() -> None:
    assert [(b.name[:6], b.number, b.upper) for b in PLAN.basis] == [
        ("云岭省国民经", "云政发〔2021〕8号", True),
        ("云岭省招商引", "", False),
    ]


def test_text_and_table_that_say_one_target_give_one_target() -> None:
    trade = target("进出口总额")
    assert trade.evidence == (1, 2, 6, 7, 8)
    assert trade.base is not None and trade.base.value == 20 and trade.base.period == "2020"
    assert trade.target is not None and trade.target.value == 40
    assert trade.annual_growth is not None and trade.annual_growth.value == 15
    assert (trade.bound, trade.due, trade.nature) == ("ge", 2025, "expected")
    assert not trade.conflicts and not trade.past


def test_a_range_is_one_target_with_floor_and_ceiling() -> None:
    firms = target("外资企业")
    assert firms.target is not None and firms.ceiling is not None
    assert (firms.target.value, firms.ceiling.value) == (20, 30)


def test_a_cumulative_aim_without_level_is_a_target() -> None:
    inflow = target("利用外资")
    assert inflow.target is None
    assert inflow.cumulative is not None and inflow.cumulative.value == 6
    assert (inflow.measure, inflow.due) == ("cumulative", 2025)


def test_nature_is_read_from_the_row() -> None:
    assert target("单位地区生产总值能耗下降").nature == "binding"
    assert target("外贸企业数").nature == "expected"


def test_the_indicator_table_lists_its_targets_in_row_order() -> None:
    (table,) = PLAN.tables
    assert table.title == "专栏1　主要预期指标"
    assert [PLAN.targets[i].indicator for i in table.targets] == [
        "进出口总额",
        "单位地区生产总值能耗下降",
        "外贸企业数",
    ]


def test_goals_carry_their_statements() -> None:
    assert [(g.title, g.statements) for g in PLAN.goals] == [
        ("发展目标", (1, 2)),
        ("开放水平", (3, 4, 5)),
    ]


def test_parks_have_area_and_industries() -> None:
    first, second = PLAN.parks
    assert first.name == "北部产业园区"
    assert first.area is not None and first.area.value == Decimal("12.5")
    assert first.industries == ("生物医药", "新材料", "现代物流")
    assert second.area is not None and (second.name, second.area.value) == ("临空片区", 8)


def test_projects_are_split_with_brackets_respected() -> None:
    assert [(p.category, p.name) for p in PLAN.projects] == [
        ("基础设施项目", "综合保税区（一期）"),
        ("基础设施项目", "北部产业园区标准厂房（A区、B区）"),
        ("基础设施项目", "铁路口岸作业场"),
        ("物流项目", "冷链物流基地项目"),
        ("物流项目", "航空货运站项目"),
        ("物流项目", "国际邮件互换中心项目"),
    ]
    place = PLAN.projects[0].place
    assert DOCUMENT.text[place.start : place.end] == "综合保税区（一期）"


def test_tasks_and_safeguards_stand_apart_by_chapter() -> None:
    assert [(t.depth, t.title) for t in PLAN.tasks] == [
        (1, "壮大外贸主体"),
        (2, "培育龙头企业"),
        (2, "优化营商环境"),
        (3, "提升口岸功能"),
        (1, "建设开放平台"),
    ]
    assert [t.title for t in PLAN.safeguards] == ["加强组织领导", "强化监督考核"]


def test_responsible_bodies_know_what_they_answer_for() -> None:
    assert [(b.name, b.role, b.matter) for b in PLAN.bodies] == [
        ("区商务局", "lead", "培育龙头企业"),
        ("区财政局", "support", "培育龙头企业"),
        ("青石海关", "lead", "优化营商环境"),
        ("区商务局", "lead", "优化营商环境"),
        ("区市场监管局", "support", "优化营商环境"),
    ]


def test_every_place_lies_in_the_document() -> None:
    parts = [*PLAN.basis, *PLAN.goals, *PLAN.parks, *PLAN.projects, *PLAN.tasks, *PLAN.bodies]
    for part in parts:
        assert 0 <= part.place.start < part.place.end <= len(DOCUMENT.text)
        assert 0 <= part.place.block < len(DOCUMENT.blocks)


@pytest.mark.parametrize("text", ["只有一句话。", "标题\n\n\n1\n2\n3", "专栏1\n\n项目：、、\n"])
def test_a_document_that_is_no_plan_gives_an_empty_plan(text: str) -> None:
    plan = build_plan(document(text), [])
    assert not plan.targets and not plan.chapters and not plan.projects
