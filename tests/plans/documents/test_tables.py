"""Tables in plain text: tabs, columns, cells flattened to one a line; heads and labels."""

from __future__ import annotations

from hexi.plans.documents import header_path, read_text, row_label, row_path, table_view
from tests.plans.documents.support import assert_places_hold, grid, tables


def _only(text: str):  # type: ignore[no-untyped-def]
    document = read_text(text)
    assert_places_hold(document)
    (block,) = tables(document)
    return block


def _cell(block, text: str):  # type: ignore[no-untyped-def]
    return next(cell for cell in block.cells if cell.text == text)


FLAT = (
    "表1：主要指标\n\t“十四五”主要指标\n\n\t指标\n\t单位\n\t2020年\n基值\n\t2025年\n目标值\n\n"
    "\t地区生产总值\n\t亿元\n\t186.4\n\t300\n\n\t企业总数\n\t家\n\t1260\n\t1500\n\n"
    "\t孵化器\n\t个\n\t——\n\t2\n 为了实现上述目标，要着力推进以下各项工作，确保取得实效。\n"
)


def test_cells_one_a_line_behind_tabs_give_back_the_grid() -> None:
    block = _only(FLAT)
    assert grid(block)[1:4] == [
        ["指标", "单位", "2020年基值", "2025年目标值"],
        ["地区生产总值", "亿元", "186.4", "300"],
        ["企业总数", "家", "1260", "1500"],
    ]
    assert header_path(block, _cell(block, "1500")) == ("2025年目标值",)
    assert row_label(block, _cell(block, "1500")) == "企业总数"
    assert block.caption == "表1：主要指标 “十四五”主要指标"


def test_prose_right_after_a_flattened_table_is_no_cell() -> None:
    document = read_text(FLAT)
    assert document.blocks[-1].kind == "paragraph"
    assert document.blocks[-1].text.startswith("为了实现")


def test_short_prose_lines_behind_tabs_without_rows_are_no_table() -> None:
    document = read_text("\t第一条说明工作要求。\n\t第二条说明工作安排。\n\t第三条说明组织保障。\n")
    assert not tables(document)


def test_bare_cells_one_a_line_are_found_by_their_figures() -> None:
    text = (
        "主要指标\n指标\n单位\n2020年\n实际\n2025年\n目标\n地区生产总值\n亿元\n186.4\n300\n"
        "进出口总额\n万美元\n2150\n3200\n企业总数\n家\n1260\n1500\n研发投入强度\n%\n1.4\n2.2\n"
        "上述指标由统计部门负责监测，每年公布一次结果，并接受社会监督。\n"
    )
    block = _only(text)
    assert grid(block)[0] == ["指标", "单位", "2020年实际", "2025年目标"]
    assert grid(block)[2] == ["进出口总额", "万美元", "2150", "3200"]
    assert len(grid(block)) == 5


def test_head_of_bare_cells_is_divided_by_where_the_units_stand() -> None:
    text = (
        "主要发展指标\n指标\n单位\n2020年\n基值\n2025年\n目标值\n十四五\n增速\n"
        "地区生产总值\n亿元\n186.4\n300\n10%\n进出口总额\n万美元\n2150\n3200\n8%\n"
        "企业总数\n家\n1260\n1500\n——\n"
    )
    block = _only(text)
    assert grid(block)[0] == ["指标", "单位", "2020年基值", "2025年目标值", "十四五增速"]
    assert block.caption == "主要发展指标"


def test_rows_that_begin_at_the_margin_with_cells_behind_tabs() -> None:
    rows = [["指标", "单位", "2025年"], ["总产值", "亿元", "300"], ["企业", "家", "45"],
            ["投资", "亿元", "150"]]  # fmt: skip
    block = _only("一、目标\n" + "\n".join("\n\t".join(row) for row in rows) + "\n")
    assert grid(block) == rows


def test_flattened_rows_without_any_mark_between_them() -> None:
    rows = [["指标", "单位", "2025年"], ["总产值", "亿元", "300"], ["企业", "家", "45"],
            ["投资", "亿元", "150"], ["进出口", "亿元", "21"]]  # fmt: skip
    block = _only("".join(f"\t{cell}\n" for row in rows for cell in row))
    assert grid(block) == rows


def test_two_head_rows_with_lost_spans() -> None:
    block = _only(
        "指标\t单　位\t规划目标\t实际完成\n\t\t金　额\t年均增长\t金　额\t年均增长\n"
        "进出口总额\t亿美元\t112\t9%\t80.1\t2%\n对外投资额\t亿美元\t3.1\t25%\t1.3[26.26]\t5.4%\n"
    )
    assert header_path(block, _cell(block, "80.1")) == ("实际完成", "金　额")
    assert header_path(block, _cell(block, "25%")) == ("规划目标", "年均增长")
    assert header_path(block, _cell(block, "亿美元")) == ("单　位",)
    assert row_label(block, _cell(block, "5.4%")) == "对外投资额"


def test_group_rows_and_merged_labels_stand_in_the_row_path() -> None:
    block = _only(
        "类别\t指标\t2020年\t2025年\n经济\t生产总值\t186\t300\n\t投资\t97\t150\n"
        "创新\t研发强度\t1.4\t2.2\n\t专利\t20\t25\n"
    )
    assert row_path(block, _cell(block, "150")) == ("经济", "投资")
    assert row_path(block, _cell(block, "25")) == ("创新", "专利")


def test_group_row_over_the_rows_below_it() -> None:
    block = _only(
        "指标\t2020年\t2025年\n一、经济发展\t\t\n生产总值\t186\t300\n投资\t97\t150\n"
        "二、创新驱动\t\t\n研发强度\t1.4\t2.2\n"
    )
    assert row_path(block, _cell(block, "150")) == ("一、经济发展", "投资")
    assert row_path(block, _cell(block, "2.2")) == ("二、创新驱动", "研发强度")


def test_serial_numbers_are_no_values() -> None:
    block = _only(
        "序号\t指标\t2020年\t2025年\n1\t生产总值\t186\t300\n2\t投资\t97\t150\n3\t进出口\t21\t32\n"
    )
    assert row_label(block, _cell(block, "150")) == "投资"
    assert table_view(block).head_rows == 1


def test_table_without_head_has_no_head_rows() -> None:
    block = _only("生产总值\t186\t300\n投资\t97\t150\n进出口\t21\t32\n")
    assert table_view(block).head_rows == 0
    assert header_path(block, _cell(block, "150")) == ()
    assert row_label(block, _cell(block, "150")) == "投资"


def test_years_as_bare_numbers_are_heads() -> None:
    block = _only("指标\t2020\t2025\n企业（家）\t1998\t2050\n园区（个）\t3\t5\n")
    assert header_path(block, _cell(block, "2050")) == ("2025",)


def test_aligned_columns_with_single_spaces() -> None:
    block = _only(
        "指标 单位 2020年 2025年\n生产总值 亿元 186.4 300\n投资 亿元 97 150\n"
        "进出口 万美元 2150 3200\n"
    )
    assert grid(block)[3] == ["进出口", "万美元", "2150", "3200"]


def test_numbered_list_with_tabs_is_no_table() -> None:
    document = read_text("1.\t加强领导。\n2.\t落实责任。\n3.\t严格考核。\n")
    assert not tables(document)


def test_words_only_table_has_one_head_row_and_labels() -> None:
    block = _only("开发区\t产业重点\n东园\t装备制造、新材料等产业。\n西园\t现代物流等产业。\n")
    assert header_path(block, _cell(block, "现代物流等产业。")) == ("产业重点",)
    assert row_label(block, _cell(block, "现代物流等产业。")) == "西园"
