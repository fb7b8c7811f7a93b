"""Papers of supervision (督办文书): what an order, its reply and the minutes must say."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from docx import Document

from hexi.reports import supervision_minutes_docx as minutes
from hexi.reports import supervision_order_docx as orders

ORDER = orders.OrderPaper(
    issuer="兰州市", number="督办〔2026〕3号", level="blue", addressee="兰州经济技术开发区",
    person="", subject="铝箔项目用地", about="年产5万吨高端铝箔项目", grounds="两户未签协议。",
    demand="限期交地。\n书面回复。", day=date(2026, 11, 20), first_day=date(2026, 11, 20),
    deadline=date(2026, 11, 27), announced=True, signed="马文",
)  # fmt: skip
REPLY = orders.ReplyPaper(
    "兰州市", "督办〔2026〕3号", "督办提醒单", "铝箔项目用地", "兰州经济技术开发区",
    date(2026, 11, 20), "已交地。\n手续齐备。", "周建国", date(2026, 11, 25),
)  # fmt: skip
MINUTES = minutes.MinutesPaper(
    "兰州经济技术开发区", "项目协调会", date(2026, 11, 22), "三楼", "王副市长", "甲\n乙",
    (
        minutes.SaidPoint(
            "用地", "限期交地。", (minutes.Resolved("交地", "安宁园区", date(2026, 11, 30)),)
        ),
        minutes.SaidPoint("调度", "按月调度。", ()),
    ),
    held=True,
)  # fmt: skip


def text_of(content: bytes) -> str:
    page = Document(io.BytesIO(content))
    cells = [cell.text for grid in page.tables for row in grid.rows for cell in row.cells]
    return "\n".join([*(p.text for p in page.paragraphs), *cells])


def test_an_order_says_who_asks_whom_for_what_by_when() -> None:
    said = text_of(orders.render(ORDER))
    for words in (
        "督办提醒单",
        "督办〔2026〕3号",
        "兰州经济技术开发区：",
        "铝箔项目用地",
        "两户未签协议。",
        "书面回复。",
        "2026年11月27日",
        "升级为黄色预警",
        "签发：马文",
    ):
        assert words in said, words
    assert "暂定" not in said and "首次督办" not in said


def test_a_risen_order_says_since_when_and_a_provisional_day_says_so() -> None:
    risen = replace(ORDER, level="red", day=date(2026, 12, 30), deadline=date(2027, 1, 4),
                    announced=False)  # fmt: skip
    said = text_of(orders.render(risen))
    assert "督办约谈通知书" in said and "红色约谈（2026年11月20日首次督办" in said
    assert "2027年1月4日（该年节假日安排尚未公布，日期暂定）" in said


def test_the_red_head_is_left_out_where_it_is_not_wanted() -> None:
    plain = Document(io.BytesIO(orders.render(ORDER, red=False)))
    headed = Document(io.BytesIO(orders.render(ORDER)))
    reds = [
        [run.text for p in page.paragraphs for run in p.runs if run.font.color.rgb is not None]
        for page in (plain, headed)
    ]
    assert reds == [[], ["兰州市"]]
    assert "督办〔2026〕3号" in text_of(orders.render(ORDER, red=False))


def test_a_reply_names_the_order_and_says_what_was_done() -> None:
    said = text_of(orders.render_reply(REPLY))
    for words in (
        "关于督办〔2026〕3号督办提醒单办理情况的回复",
        "兰州市：",
        "2026年11月20日",
        "已交地。",
        "手续齐备。",
        "联系人：周建国",
        "2026年11月25日",
    ):
        assert words in said, words


def test_minutes_have_each_point_and_a_list_of_tasks() -> None:
    said = text_of(minutes.render(MINUTES))
    for words in (
        "项目协调会会议纪要",
        "一、用地",
        "二、调度",
        "三、任务清单",
        "安宁园区",
        "2026-11-30",
        "甲、乙",
    ):
        assert words in said, words
    before = text_of(minutes.render(replace(MINUTES, held=False)))
    assert "会议议程" in before and "任务清单" not in before and "1. 用地" in before


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert orders.render(ORDER) == orders.render(ORDER)
    assert minutes.render(MINUTES) == minutes.render(MINUTES)


def test_papers_are_set_as_official_letters_are() -> None:
    """Text in three-hao, 22 lines on a page; the signature never stands alone on a page."""
    for content in (orders.render(ORDER), orders.render_reply(REPLY), minutes.render(MINUTES)):
        page = Document(io.BytesIO(content))
        normal = page.styles["Normal"]
        assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16, 29)
        issuer, day = page.paragraphs[-2:]
        assert issuer.paragraph_format.keep_with_next and not day.paragraph_format.keep_with_next
        assert page.paragraphs[-4].paragraph_format.keep_with_next


def test_what_the_order_is_about_is_said_once() -> None:
    assert "涉及项目" in text_of(orders.render(ORDER))
    assert "涉及项目" not in text_of(orders.render(replace(ORDER, about=ORDER.subject)))
