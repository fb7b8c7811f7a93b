"""Lists, bodies, project tables and outlines are read from their form, not their wording."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.register import build_plan
from hexi.plans.register.bodies import in_text
from hexi.plans.register.identity import horizon_of, identify
from hexi.plans.register.listing import category_line, split_names
from hexi.plans.register.twins import indicator_key, subject_key
from tests.plans.statement_maker import document, say


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲厂、乙厂（一期、二期）、丙厂等项目。", ["甲厂", "乙厂（一期、二期）", "丙厂"]),
        ("“五关、六城”厨房、丁厂", ["“五关、六城”厨房", "丁厂"]),
        (
            "东区改造项目、西区改造项目和南区改造项目。",
            ["东区改造项目", "西区改造项目", "南区改造项目"],
        ),
        ("甲区、研发和生产基地等重点项目", ["甲区", "研发和生产基地"]),
        ("未闭合（一期、乙厂", ["未闭合（一期", "乙厂"]),
    ],
)
def test_names_of_a_list(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@settings(deadline=None)
@given(st.text(alphabet="甲乙、；（）()“”和等项目。", max_size=40))
def test_any_list_is_split_into_parts_of_itself(text: str) -> None:
    assert all(name and name in text for name in split_names(text))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("交通项目：甲路、乙路等项目。", "交通项目"),
        ("（一）能源工程：甲站、乙站。", "能源工程"),
        ("供水工程：加强供水管网、燃气管道建设，供水普及率达到100%。", None),
        ("责任单位：甲局、乙局", None),
        ("一个项目没有冒号", None),
    ],
)
def test_only_a_list_is_a_category_line(text: str, category: str | None) -> None:
    found = category_line(text)
    assert (found[0] if found else None) == category


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("（责任单位：省商务厅、兰州海关）", [("省商务厅", "lead"), ("兰州海关", "lead")]),
        ("（省财政厅牵头，省税务局配合）", [("省财政厅", "lead"), ("省税务局", "support")]),
        ("由市工信局会同有关部门负责。", [("市工信局会同有关部门", "lead")]),
        ("牵头单位：区管委会；配合单位：各园区。", [("区管委会", "lead"), ("各园区", "support")]),
        ("企业自负盈亏，负责人要到位。", []),
        ("加强组织领导。", []),
    ],
)  # fmt: skip
def test_bodies_and_their_roles(text: str, bodies: list[tuple[str, str]]) -> None:
    assert [(body.name, body.role) for body in in_text(text)] == bodies


def test_a_table_of_projects_is_read_by_its_heads() -> None:
    doc = document(
        "海川市重点工程规划\n\n一、重点项目\n\n"
        "序号\t项目名称\t建设内容\t总投资（亿元）\t建设年限\t责任单位\n"
        "1\t东线公路\t新建公路20公里\t3.5\t2021-2023\t市交通局、东区政府\n"
        "2\t西区水厂\t日供水5万立方米\t1.2\t2022-2024\t市水务局\n"
    )
    plan = build_plan(doc, [])
    first, second = plan.projects
    assert (first.name, first.investment, first.term) == ("东线公路", "3.5", "2021-2023")
    assert second.text == "日供水5万立方米"
    assert [plan.bodies[i].name for i in first.bodies] == ["市交通局", "东区政府"]


def test_a_table_of_tasks_gives_tasks_with_bodies() -> None:
    doc = document(
        "海川市工作方案\n\n一、重点任务\n\n重点任务\t责任单位\t配合单位\n"
        "建设口岸\t市商务局\t海川海关\n培育主体\t市工信局\t市财政局\n"
    )
    plan = build_plan(doc, [])
    assert [t.title for t in plan.tasks] == ["建设口岸", "培育主体"]
    assert [(b.name, b.role) for b in plan.bodies][:2] == [
        ("市商务局", "lead"),
        ("海川海关", "support"),
    ]


ACTION = """海川市2024年重点工作责任分解

一、主要预期目标

1.地区生产总值增长6%以上。

责任单位：市发改委

二、抓好对外开放

（一）稳外贸

2.培育外贸主体，推动企业参展。

责任单位：市商务局、各县（市、区）政府分别牵头

3.建设口岸，完善设施。〔责任单位：海川海关；配合单位：市交通局（排名不分先后）〕

三、深化改革

（四）优化审批。推行一网通办。

（市审改办牵头，市级各部门按职责分工负责）
"""


def test_an_action_plan_names_its_bodies_in_lines_and_brackets() -> None:
    plan = build_plan(document(ACTION), [])
    assert [c.title for c in plan.chapters] == ["二、 抓好对外开放", "三、 深化改革"]
    said = {
        t.number: [(plan.bodies[i].name, plan.bodies[i].role) for i in t.bodies] for t in plan.tasks
    }
    assert said["2."] == [("市商务局", "lead"), ("各县（市、区）政府", "lead")]
    assert said["3."] == [("海川海关", "lead"), ("市交通局", "support")]
    assert said["（四）"] == [("市审改办", "lead"), ("市级各部门", "lead")]
    assert [g.text[:6] for g in plan.goals] == ["地区生产总值"]


def test_an_action_plan_without_goals_has_tasks_in_its_numbered_chapters() -> None:
    doc = document(
        "海川市流通体系建设实施方案\n\n一、深化市场化改革\n\n"
        "（一）加强市场建设。推进标准体系。\n\n（二）优化准入。推行一网通办。\n\n"
        "二、完善网络\n\n（三）建设枢纽。布局骨干基地。\n"
    )
    assert [t.title for t in build_plan(doc, []).tasks] == ["加强市场建设", "优化准入", "建设枢纽"]


def test_rows_of_totals_are_no_projects() -> None:
    doc = document(
        "海川市规划\n\n一、重点项目\n\n项目名称\t总投资（亿元）\n东线公路\t3.5\n"
        "西区水厂\t1.2\n合计\t4.7\n"
    )
    assert [p.name for p in build_plan(doc, []).projects] == ["东线公路", "西区水厂"]


def test_a_table_of_parks_gives_parks_with_their_area() -> None:
    doc = document(
        "海川开发区规划\n\n一、空间布局\n\n园区\t规划面积（平方公里）\t主导产业\n"
        "北园\t8.2\t新材料、装备制造\n南园\t6.5\t生物医药\n合计\t14.7\t\n"
    )
    said = [
        say(doc, figure, subject="海川开发区", indicator="面积", unit="平方公里", modality="other")
        for figure in ("8.2", "6.5", "14.7")
    ]
    found = build_plan(doc, said).parks
    assert [(p.name, p.area.value if p.area else None, p.industries) for p in found] == [
        ("北园", Decimal("8.2"), ("新材料", "装备制造")),
        ("南园", Decimal("6.5"), ("生物医药",)),
    ]


def test_a_chapter_of_prose_gives_a_task_a_paragraph() -> None:
    doc = document(
        "海川市规划\n\n第一章　发展目标\n\n目标宏伟。\n\n第二章　保障措施\n\n"
        "加强组织领导。成立领导小组，由市商务局负责日常工作。\n\n"
        "要统筹土地、资金等要素，优先保障重大项目用地。\n"
    )
    plan = build_plan(doc, [])
    assert [t.title for t in plan.safeguards] == ["加强组织领导", ""]
    assert [(b.name, b.matter) for b in plan.bodies] == [("市商务局", "加强组织领导")]


def test_a_box_of_prose_is_the_programme_that_it_names() -> None:
    doc = document(
        "海川市规划\n\n第一章　主要任务\n\n一、扩大开放\n\n推进开放。\n\n"
        "专栏1　口岸提升工程\n结合口岸功能，建设指定监管场地，完善查验设施。\n"
    )
    assert [p.name for p in build_plan(doc, []).projects] == ["口岸提升工程"]


def test_goals_of_a_part_carry_its_name_and_short_leads_are_titles() -> None:
    doc = document(
        "海川市规划\n\n第一章　发展目标\n\n开放发展目标。到2025年全面开放。\n\n"
        "第二章　主要任务\n\n第一节　国际港务区\n\n一、战略定位\n\n高起点。\n\n"
        "二、发展目标\n\n建成标志性工程，形成开放新格局。\n"
    )
    assert [g.title for g in build_plan(doc, []).goals] == [
        "开放发展目标",
        "国际港务区：发展目标",
    ]


CARRY = "海川市贯彻落实《区域振兴“十三五”规划》工作方案"
ZONE = "海川高新技术产业开发区"
LONG = "国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
GENERAL = "海川市国民经济和社会发展第十四个五年规划和2035年远景目标纲要"


@pytest.mark.parametrize(
    ("title", "level", "owner", "kind", "years"),
    [
        (GENERAL, "city", "海川市", "general", (2021, 2025, 2035)),
        ("云岭省“十三五”开放型经济发展规划", "province", "云岭省", "trade", (2016, 2020, None)),
        ("海川经开区“十三五”规划纲要", "zone", "海川经开区", "zone", (2016, 2020, None)),
        ("海川市东山县农业规划（2021—2025年）", "county", "东山县", "special", (2021, 2025, None)),
        ("青石新区工业园规划（2019-2023）", "park", "青石新区工业园", "zone", (2019, 2023, None)),
        ("海川高新技术产业开发区规划", "zone", ZONE, "zone", (None, None, None)),
        (f"海川市人民政府办公室关于印发{CARRY}", "city", "海川市", "action", (2016, 2020, None)),
        ("关于印发海川市“十五五”商务发展规划的通知", "city", "海川市", "trade", (2026, 2030, None)),
        (f"海川县{LONG}", "county", "海川县", "general", (2021, 2025, 2035)),
        ("海川开发区考核评价办法（2021年版）", "zone", "海川开发区", "zone", (None, None, None)),
        ("海川市2023年招商引资行动方案", "city", "海川市", "action", (2023, 2023, None)),
        ("关于发展的若干思考", "", "", "special", (None, None, None)),
    ],
)  # fmt: skip
def test_what_a_title_says(
    title: str, level: str, owner: str, kind: str, years: tuple[int | None, ...]
) -> None:
    doc = document(f"{title}\n\n正文从这里开始，没有别的说明。\n")
    found = identify(doc)
    assert (found.level, found.owner, found.kind) == (level, owner, kind)
    horizon = horizon_of(doc, found.title)
    assert (horizon.start, horizon.end, horizon.outlook) == years


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("现有35个省级以上开发区", "全省开发区"),
        ("云岭省开发区", "各类开发区"),
        ("全省", "云岭省"),
    ],
)
def test_one_subject_in_different_words(first: str, second: str) -> None:
    own = ("全省", "云岭省")
    assert subject_key(first, own) == subject_key(second, own)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("对外直接投资额", "对外直接投资", True),
        ("生产总值", "地区生产总值", True),
        ("货物进出口规模", "货物进出口总额", True),
        ("工业增加值", "工业总产值", False),
        ("财政收入", "地方财政收入", False),
        ("规上工业增加值", "工业增加值", False),
    ],
)
def test_names_without_words_of_amount(first: str, second: str, same: bool) -> None:
    assert (indicator_key(first) == indicator_key(second)) is same
