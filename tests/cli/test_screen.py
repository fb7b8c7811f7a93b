"""Tables in a terminal line up with Han characters in them and fit the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hexi.cli.screen import Column, clip, pad, render_table, width

COLUMNS = [Column("位置", right=True), Column("指标", most=20), Column("数值", right=True)]


def test_a_han_character_is_two_wide() -> None:
    assert width("GDP") == 3
    assert width("地区生产总值") == 12
    assert width("研发R&D强度") == 11
    assert pad("亿元", 6) == "亿元  "
    assert pad("12.4", 6, right=True) == "  12.4"


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert clip("规模以上工业增加值", 10) == "规模以上…"
    assert clip("GDP", 10) == "GDP"
    assert clip("第一行\n第二行", 40) == "第一行 第二行"


def test_a_document_cannot_steer_the_terminal() -> None:
    assert clip("\x1b[2J投资\x9b1m", 40) == "\ufffd[2J投资\ufffd1m"


def test_columns_line_up() -> None:
    lines = render_table(COLUMNS, [["614", "地区生产总值", "186.4"], ["9", "R&D", "2.1"]], 80)
    assert len({width(line) for line in lines if not line.startswith("─")}) == 1
    assert lines[3].startswith("   9  R&D")


@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60), st.text(max_size=8)), max_size=8)
)
def test_no_line_is_wider_than_the_screen(rows: list[tuple[str, str, str]]) -> None:
    for line in render_table(COLUMNS, rows, 60):
        assert width(line) <= 60
