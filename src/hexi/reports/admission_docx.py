"""A screening as an official Word document (筛查意见表): result, rules, gaps, overrides, inputs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document

from hexi.reports.admission_paper import Paper, PaperRule
from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    paragraph,
    save,
    table,
    title,
)

__all__ = ["render"]


def render(paper: Paper, *, language: str = "zh", at: datetime | None = None) -> bytes:
    """The document as docx; ``at`` is the date written into the file."""
    return _Writer(paper, language == "zh").write(at)


class _Writer:
    def __init__(self, paper: Paper, zh: bool) -> None:
        self.paper, self.zh = paper, zh
        self.page: Document = new_page(self._words("项目准入筛查意见表", "Screening of a project"))
        self._chapters = iter("一二三四五六" if zh else "123456")

    def write(self, at: datetime | None) -> bytes:
        paper = self.paper
        title(self.page, self._words("项目准入筛查意见表", "Screening of a project for admission"))
        day = f"{paper.day.year}年{paper.day.month}月{paper.day.day}日"
        rules = self._words(f"按{day}有效的规则", f"by the rules in force on {paper.day}")
        date_line(self.page, f"{paper.number}　{rules}（{paper.edition}）")
        self._head()
        self._rules()
        self._gaps()
        self._overrides()
        self._inputs()
        return save(self.page, at)

    def _words(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def _chapter(self, zh: str, en: str) -> None:
        number = next(self._chapters)
        heading(self.page, f"{number}、{zh}" if self.zh else f"{number}. {en}")

    def _table(self, widths: Sequence[float], zh: Sequence[str], en: Sequence[str]) -> object:
        return table(self.page, widths, zh if self.zh else en)

    def _head(self) -> None:
        paper = self.paper
        grid = table(self.page, (36, 120))
        for zh, en, text in (
            ("项目", "Project", paper.name),
            ("拟入区域", "Zone or park", paper.unit),
            ("结论", "Result", f"{paper.result_label}。{paper.sentence}" if self.zh
             else f"{paper.result_label}. {paper.sentence}"),
            ("经办", "Screened by", f"{paper.by}　{paper.kept_at}"),
            ("说明", "Note", paper.note),
        ):  # fmt: skip
            if text:
                add_row(grid, self._words(zh, en), text)

    def _rules(self) -> None:
        asked = [rule for rule in self.paper.rules if rule.outcome != "not_applicable"]
        apart = [rule for rule in self.paper.rules if rule.outcome == "not_applicable"]
        self._chapter("逐条结果", "Outcome of each rule")
        heads = ("规则", "结果", "情况", "依据") if self.zh else _RULES_EN
        grid = table(self.page, (38, 18, 54, 46), heads)
        for rule in asked:
            weight = self._words(f"（{rule.severity}）", f" ({rule.severity})")
            state, ground = self._state(rule), self._ground(rule)
            add_row(grid, f"{rule.title}{weight}", rule.outcome_label, state, ground)
        if apart:
            listed = self._words("、", ", ").join(rule.title for rule in apart)
            paragraph(self.page, self._words(f"不适用：{listed}。", f"Do not apply: {listed}."))

    def _state(self, rule: PaperRule) -> str:
        parts = [rule.sentence or rule.values]
        parts += [self._words(f"可行的改动：{way}", f"Way out: {way}") for way in rule.ways]
        return self._words("；", "; ").join(part for part in parts if part)

    def _ground(self, rule: PaperRule) -> str:
        if not rule.assumed:
            return rule.law
        return rule.law + self._words(f"。假定：{rule.assumed}", f". Assumed: {rule.assumed}")

    def _gaps(self) -> None:
        if not self.paper.gaps:
            return
        self._chapter("缺少的数据", "Missing inputs")
        grid = table(
            self.page,
            (56, 100),
            ("要素", "没有它不能判定的规则") if self.zh else ("Input", "Rules that lack it"),
        )
        for name, rules in self.paper.gaps:
            add_row(grid, name, self._words("、", ", ").join(rules))

    def _overrides(self) -> None:
        if not self.paper.overrides:
            return
        self._chapter("破例", "Rules set aside")
        heads = ("规则", "决定人和日期", "理由和依据", "撤销") if self.zh else _OVERRIDES_EN
        grid = table(self.page, (36, 34, 54, 32), heads)
        for one in self.paper.overrides:
            ground = f"{one.reason}（{one.document}）" if one.document else one.reason
            undone = f"{one.withdrawn_by}：{one.withdrawn_reason}" if one.withdrawn_by else ""
            add_row(grid, one.rule, f"{one.by}　{one.day}", ground, undone)

    def _inputs(self) -> None:
        self._chapter("录入的数据", "Inputs")
        heads = ("要素", "数值", "单位", "来源") if self.zh else ("Input", "Value", "Unit", "From")
        grid = table(self.page, (62, 46, 26, 22), heads)
        for one in self.paper.inputs:
            source = self._words("项目库", "library") if one.taken else self._words("录入", "typed")
            add_row(grid, one.title, one.value, one.unit, source)


_RULES_EN = ("Rule", "Outcome", "What the project has", "Ground")
_OVERRIDES_EN = ("Rule", "Decided by, on", "Reason and document", "Withdrawn")
