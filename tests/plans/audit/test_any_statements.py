"""Whatever was read, well or badly, the audit gives lines and never fails."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.audit import audit
from hexi.plans.documents import read_text
from hexi.plans.statements.statement import Statement
from tests.plans.audit.conftest import place, sentence

_NAMES = (
    "地区生产总值", "工业增加值", "第二产业增加值", "第三产业增加值", "建筑业增加值",
    "研发经费占GDP的比重", "高新技术产业劳动生产率", "高新技术企业从业人员", "开工率",
    "高新技术产业增加值占工业增加值比重", "人均地区生产总值", "常住人口", "投资强度",
    "对外直接投资", "", "年进出口过1亿美元的企业", "产值",
)  # fmt: skip
_UNITS = (
    "亿元",
    "万元",
    "亿美元",
    "%",
    "个百分点",
    "家",
    "万人",
    "人",
    "万元/人",
    "亩",
    "番",
    "倍",
    "怪",
)
_MARKS = (
    "，其中",
    "（其中：",
    "）。",
    "；",
    "，占全省的",
    "、",
    "，合计",
    "。",
    "，开工率达",
    "包括A：",
)
_PERIODS = (None, "2015", "2020", "2016-2020", "2015-2020", "2015-12", "2023-Q1", "2011-2015", "坏")

_figure = st.tuples(
    st.sampled_from(_MARKS),
    st.decimals("-1000", "100000", places=1)
    | st.integers(-3, 12).map(Decimal)
    | st.sampled_from([Decimal(0), Decimal(-100)]),
    st.sampled_from(_UNITS),
    st.sampled_from(_NAMES),
    st.sampled_from(
        ("level", "share", "growth_annual", "growth_yoy", "growth_total", "cumulative", "count")
    ),
    st.sampled_from(_PERIODS),
    st.sampled_from(("actual", "target", "threshold", "other")),
    st.sampled_from(("eq", "ge", "le", "approx")),
    st.sampled_from(("全省", "安宁园区", "西固园区", "红古园区", "")),
    st.sampled_from(((), ("subset",), ("lost_point",), ("range",))),
)
#: few names, few years and round or empty values: the ones that meet in one identity
_meeting = st.tuples(
    st.sampled_from(_MARKS),
    st.sampled_from([Decimal(n) for n in ("0", "1", "5", "10", "100", "-100", "2.5")]),
    st.sampled_from(("亿元", "%", "个", "亿美元", "人", "万元/人")),
    st.sampled_from(_NAMES[:11]),
    st.sampled_from(("level", "share", "growth_annual", "growth_yoy", "cumulative", "count")),
    st.sampled_from(("2015", "2020", "2016-2020", "2011-2015")),
    st.sampled_from(("actual", "target")),
    st.sampled_from(("eq", "ge")),
    st.sampled_from(("全省", "安宁园区", "西固园区")),
    st.just(()),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_figure, max_size=14) | st.lists(_meeting, min_size=4, max_size=16))
def test_any_statements_are_audited(figures: list[tuple[object, ...]]) -> None:
    text = "规划"
    spans = []
    for mark, value, unit, *_ in figures:
        words = f"{abs(Decimal(str(value)))}{unit}"
        text += f"{mark}投资"
        spans.append((len(text), len(text) + len(words)))
        text += words
    document = read_text(text, name="a")
    statements = []
    for (start, end), figure in zip(spans, figures, strict=True):
        _, value, unit, name, measure, period, modality, bound, subject, flags = figure
        block, cell = place(document, start)
        statements.append(
            Statement(
                doc="a", start=start, end=end, text=text[start:end], subject=subject,
                indicator=name, measure=measure, value=value, unit=unit, period=period,
                modality=modality, bound=bound, table=False, block=block, cell=cell,
                sentence=sentence(text, start, end), flags=flags,
            )  # type: ignore[arg-type]
        )  # fmt: skip
    for line in audit([(document, statements, None)], upper=[(document, statements, None)]):
        assert line.title and line.title_en and line.arithmetic
        for evidence in line.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.text


@settings(max_examples=80, deadline=None)
@given(
    st.text(
        alphabet="一二三四五六七大个项、和及等（）“”：，。；年至2016-20亩平方公里%13占比重分别为",
        max_size=120,
    )
)
def test_any_text_is_audited(text: str) -> None:
    document = read_text(f"规划{text}", name="a")
    assert isinstance(audit([(document, [], None)]), list)
