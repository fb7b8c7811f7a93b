"""The reference of a pack (数据包说明): its indicators, units, plans and targets as Markdown.

The documentation site and `hexi pack docs` print this, so that what the office reads is what the
program works with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hexi.catalogue.evidence import PackTarget
from hexi.catalogue.nouns import Indicator
from hexi.catalogue.pack import Pack

__all__ = ["pack_reference_markdown"]

DOMAINS = {
    "economy": ("经济", "Economy"),
    "project": ("项目", "Projects"),
    "trade": ("开放", "Trade and opening up"),
    "innovation": ("创新", "Innovation"),
    "zone": ("开发区", "Development zones"),
    "people": ("民生", "People"),
    "agriculture": ("农业", "Agriculture"),
    "environment": ("环境", "Environment"),
    "infrastructure": ("基础设施", "Infrastructure"),
}
WORDS = {
    "flow": "流量",
    "stock": "存量",
    "ratio": "比率",
    "count": "个数",
    "index": "指数",
    "rank": "位次",
    "up": "越高越好",
    "down": "越低越好",
    "depends": "视情况",
    "expected": "预期性",
    "binding": "约束性",
    "province": "省",
    "city": "市州",
    "zone": "开发区",
    "park": "园区",
    "group": "汇总",
    "department": "部门",
    "enterprise": "企业",
    "national": "国家级",
    "provincial": "省级",
    "planned": "规划设立",
    "ge": "≥",
    "le": "≤",
    "approx": "约",
    "eq": "",
}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return [*lines, ""]


def _indicator_row(pack: Pack, indicator: Indicator, methods: dict[str, str]) -> list[str]:
    names = "、".join(indicator.aliases)
    if indicator.near:
        names += ("；" if names else "") + "相近而不同：" + "、".join(indicator.near)
    formula = ""
    if indicator.numerator:
        formula = f"{_named(pack, indicator.numerator)} ÷ {_named(pack, indicator.denominator)}"
    return [
        f"`{indicator.id}`",
        f"**{indicator.name}**<br>{indicator.name_en}",
        names,
        "、".join(indicator.units),
        f"{WORDS[indicator.kind]}，{WORDS[indicator.direction]}",
        formula,
        indicator.definition + (f"{indicator.note}。" if indicator.note else ""),
        methods[indicator.method],
    ]


def _named(pack: Pack, part: str) -> str:
    known = pack.catalogue.indicator(part)
    return known.name if known else part


def _indicators(pack: Pack) -> list[str]:
    methods = {method.id: method.title for method in pack.methods}
    groups: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in pack.indicators:
        groups[indicator.domain].append(indicator)
    lines = [f"## 指标 Indicators（{len(pack.indicators)}）", ""]
    head = ("标识", "名称", "别名", "单位", "性质", "公式", "定义", "方法来源")
    for domain, members in groups.items():
        zh, en = DOMAINS.get(domain, (domain, domain))
        lines += [f"### {zh} {en}", ""]
        lines += _table(head, (_indicator_row(pack, member, methods) for member in members))
    return lines


def _units(pack: Pack) -> list[str]:
    if not pack.units:
        return []
    zones = [unit for unit in pack.units if unit.zone_type]
    others = [unit for unit in pack.units if not unit.zone_type and unit.kind != "county"]
    lines = [f"## 责任主体 Units（{len(pack.units)}）", ""]
    lines += _table(
        ("标识", "名称", "类别", "代码", "说明"),
        ((f"`{u.id}`", f"{u.name}<br>{u.name_en}", WORDS[u.kind], u.code, u.note) for u in others),
    )
    lines += [f"### 开发区类型 Zones by type（{len(zones)}）", ""]
    lines += _table(
        ("名称", "级别", "类型", "区域", "主导产业"),
        (
            (u.name, WORDS.get(u.level, u.level), u.zone_type, u.region, "、".join(u.industries))
            for u in zones
        ),
    )
    return lines


def figure_text(target: PackTarget) -> str:
    """A target's figure as one reads it: ≥ 120 亿美元, 年均 8%."""
    text = f"{WORDS[target.bound]} {target.figure.printed} {target.measure_unit}".strip()
    if target.growth:
        text += f"，年均 {WORDS[target.growth_bound or 'eq']} {target.growth.printed}%"
    return text


def _targets(pack: Pack) -> list[str]:
    lines: list[str] = []
    for plan in pack.plans:
        own = [target for target in pack.targets if target.plan == plan.id]
        owner = pack.catalogue.units[plan.owner].name
        lines += [
            f"### {plan.title}",
            "",
            f"*{plan.title_en}*：{owner}，{plan.start}–{plan.end} 年，基年 {plan.base}。"
            + "".join(f"{text}。" for text in (plan.number, plan.issued, plan.note) if text),
            "",
        ]
        lines += _table(
            ("主体", "指标", "分项", "目标", "期间", "基值", "位置", "说明"),
            (
                (
                    pack.catalogue.units[target.unit].name,
                    target.name,
                    "、".join(target.facets),
                    figure_text(target),
                    target.period,
                    f"{target.base.printed}（{target.base_period}）" if target.base else "",
                    target.place + (f"：{target.row}" if target.row else ""),
                    target.note,
                )
                for target in own
            ),
        )
    return [f"## 规划与目标 Plans and targets（{len(pack.targets)}）", "", *lines] if lines else []


def _facts(pack: Pack) -> list[str]:
    lines: list[str] = []
    if pack.observations:
        lines += [
            f"## 观测值 Observations（{len(pack.observations)}）",
            "",
            f"来自 {len(pack.sources)} 个来源，逐条注明来源标题；修订值另列一行，不覆盖旧值。",
            "",
        ]
    if pack.breaks:
        lines += ["### 口径变动 Series breaks", ""]
        lines += _table(
            ("指标", "自", "说明", "Note"),
            ((_named(pack, b.indicator), b.period, b.note, b.note_en) for b in pack.breaks),
        )
    if pack.classifications:
        lines += ["## 分类标准 Classifications", ""]
        lines += _table(
            ("标识", "名称", "条目", "来源", "许可"),
            (
                (f"`{c.id}`", c.title, str(len(c.items)), c.source, c.licence)
                for c in pack.classifications
            ),
        )
    return lines


def pack_reference_markdown(pack: Pack) -> str:
    """The whole reference of a pack."""
    lines = [
        f"# {pack.name} {pack.name_en}",
        "",
        f"版本 Version {pack.version} · 许可 Licence {pack.licence}",
        "",
        *(text + "\n" for text in (pack.note, pack.note_en) if text),
        *_indicators(pack),
        *_units(pack),
        *_targets(pack),
        *_facts(pack),
    ]
    return "\n".join(lines).rstrip() + "\n"
