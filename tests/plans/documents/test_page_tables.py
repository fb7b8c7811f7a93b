"""Tables on pages: without rules, of words, over page ends; prose stays prose."""

from __future__ import annotations

from collections.abc import Sequence

from hexi.plans.documents import Document, Limits
from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.limits import Deadline
from hexi.plans.documents.page_columns import is_torn
from hexi.plans.documents.page_fragments import Fragment
from hexi.plans.documents.page_layout import Page, lay_out

PROSE = "全省开发区紧紧围绕转型升级这条主线抢抓机遇开拓创新各项工作取得新的进展和成效"
SIZE = 12.0
COLUMNS = (90.0, 234.0, 378.0)


def line(text: str, left: float, top: float) -> Fragment:
    width = sum(0.5 if c.isascii() else 1.0 for c in text) * SIZE
    return Fragment(text, left, left + width, top, top + SIZE, SIZE)


def row(cells: Sequence[str], top: float, columns: Sequence[float] = COLUMNS) -> list[Fragment]:
    """Cells side by side, told cell by cell; a bar parts the lines of a cell."""
    found = []
    for text, left in zip(cells, columns, strict=False):
        for at, part in enumerate(text.split("|")):
            if part:
                found.append(line(part, left, top + 16.0 * at))
    return found


def prose(top: float, lines: int = 4) -> list[Fragment]:
    return [line(PROSE[:36], 90.0, top + 16.0 * at) for at in range(lines)]


def read(*pages: list[Fragment]) -> Document:
    builder = Builder("页.pdf", "pdf")
    lay_out(
        [Page(at, 612.0, 792.0, fragments) for at, fragments in enumerate(pages, 1)],
        builder,
        Deadline(Limits(), "页.pdf"),
    )
    return builder.finish()


def tables(document: Document) -> list[list[tuple[int, int, str]]]:
    return [
        [(c.row, c.column, c.text) for c in block.cells]
        for block in document.blocks
        if block.kind == "table"
    ]


WORDS = [
    ["重点任务", "牵头单位", "配合单位"],
    ["建设国际陆港", "兰州市政府", "省商务厅、中国铁路|兰州局集团有限公司"],
    ["发展跨境电商", "省商务厅", "省委网信办"],
    ["培育服务企业", "省商务厅", "省税务局"],
]


def test_words_in_columns_are_a_table() -> None:
    page = prose(80.0)
    for at, cells in enumerate(WORDS):
        page += row(cells, 170.0 + 42.0 * at)
    page += prose(360.0)
    (table,) = tables(read(page))
    assert (1, 2, "省商务厅、中国铁路兰州局集团有限公司") in table
    assert (3, 0, "培育服务企业") in table
    assert len(table) == 12


def test_a_table_goes_on_over_the_page_end_with_its_head_above() -> None:
    first = prose(80.0) + row(["园区", "面积", "产业"], 700.0)
    second = (
        row(["东部园区", "12.5", "新材料"], 72.0)
        + row(["西部园区", "8", "现代物流"], 98.0)
        + row(["南部园区", "6.25", "新能源"], 124.0)
        + prose(200.0)
    )
    (table,) = tables(read(first, second))
    assert table[:3] == [(0, 0, "园区"), (0, 1, "面积"), (0, 2, "产业")]
    assert (3, 1, "6.25") in table


def test_a_row_that_the_page_end_tears_is_one_row() -> None:
    first = prose(80.0) + row(["类别", "2015年基", "累计或年均"], 700.0)
    second = (
        row(["", "值", "增速"], 72.0)
        + row(["经济", "45.2", "6.8"], 98.0)
        + row(["创新", "1.22", "0.78"], 124.0)
        + row(["生态", "30", "2"], 150.0)
    )
    (table,) = tables(read(first, second))
    assert table[:3] == [(0, 0, "类别"), (0, 1, "2015年基值"), (0, 2, "累计或年均增速")]
    assert (1, 1, "45.2") in table


def test_a_second_head_row_is_not_a_torn_row() -> None:
    page = prose(80.0) + row(["指标", "2020年", "2025年"], 170.0) + row(["", "总量", "总量"], 196.0)
    for at, name in enumerate(("工业", "服务业", "农业")):
        page += row([name, f"{at}1", f"{at}5"], 222.0 + 26.0 * at)
    (table,) = tables(read(page))
    assert (1, 1, "总量") in table


def test_a_serial_number_at_the_top_of_a_page_is_no_page_number() -> None:
    first = prose(80.0) + row(["序号", "园区", "面积"], 674.0) + row(["1", "东部园区", "12"], 700.0)
    second = row(["2", "西部园区", "8"], 72.0) + row(["3", "南部园区", "6"], 98.0) + prose(200.0)
    (table,) = tables(read(first, second))
    assert (2, 0, "2") in table


def test_a_page_number_alone_on_its_line_is_dropped() -> None:
    pages = [[*prose(80.0, 30), line(f"{number}", 300.0, 740.0)] for number in range(1, 5)]
    assert not any(c.isdigit() for c in read(*pages).text)


def test_prose_over_a_page_end_is_no_table() -> None:
    pages = [prose(80.0, 38), prose(72.0, 20)]
    document = read(*pages)
    assert tables(document) == []


def test_numbers_beside_list_items_are_no_table() -> None:
    page = prose(80.0)
    for at, number in enumerate(("（一）", "（二）", "（三）", "（四）")):
        page += row([number, "加快口岸建设步伐"], 170.0 + 26.0 * at, (90.0, 150.0))
    assert tables(read(page)) == []


def cell(column: int, *texts: str) -> TableCell:
    return TableCell(list(texts), 0, column)


def test_a_torn_row_has_no_first_cell_no_figure_and_an_open_text_above() -> None:
    above = {0: cell(0, "甲"), 1: cell(1, "重点发展装备制造、"), 2: cell(2, "12.5")}
    assert is_torn(above, [cell(1, "新材料等产业。")])
    assert not is_torn(above, [cell(0, "乙"), cell(1, "新材料等产业。")])
    assert not is_torn(above, [cell(1, "45")])
    assert not is_torn(above, [cell(2, "上升")])
    assert not is_torn({0: cell(0, "甲"), 1: cell(1, "已完成。")}, [cell(1, "新材料")])
    assert not is_torn({}, [cell(1, "新材料")])
    assert not is_torn(above, [])
