"""An evaluation as an official Word document (评估报告): sections, tables, charts, annexes.

Sections are numbered 一、（一）; every sentence with a figure ends in the numbers of its grounds,
which link to the list of evidence at the end. Sentences that people changed carry a mark, and where
the figures under a change have moved, today's computed sentence is set beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from hexi.monitoring.evaluation.keeping import Edit, Edited, lost_edits
from hexi.monitoring.evaluation.nouns import (
    Blank,
    Chart,
    Evaluation,
    Language,
    Paragraph,
    Part,
    Section,
    Sheet,
)
from hexi.reports.legal_text import legal
from hexi.reports.official_page import (
    add_row,
    cell_text,
    date_line,
    heading,
    new_page,
    page_break,
    paragraph,
    save,
    table,
    title,
)
from hexi.reports.report_numbers import numbered, runs
from hexi.reports.word_chart import ChartLine, add_chart

__all__ = ["render"]

_WIDE = 156.0
_LINE_WIDTH = "＿" * 18


def render(
    evaluation: Evaluation,
    *,
    edits: Sequence[Edit] = (),
    language: Language = "zh",
    at: datetime | None = None,
) -> bytes:
    """The report as docx in one language, with what people wrote."""
    return _Writer(evaluation, edits, language).write(at)


class _Writer:
    def __init__(self, evaluation: Evaluation, edits: Sequence[Edit], language: Language) -> None:
        self.evaluation = evaluation
        self.edits = edits
        self.language: Language = language
        self.report = Edited(evaluation, language, edits)
        self.page: Document = new_page(evaluation.title.of(language))
        self._tables = 0
        self._charts = 0

    def write(self, at: datetime | None) -> bytes:
        title(self.page, self.evaluation.title.of(self.language))
        day = self.evaluation.as_of
        date_line(
            self.page,
            self._words(
                f"{self.evaluation.owner.zh}　数据截至{day.year}年{day.month}月{day.day}日",
                f"{self.evaluation.owner.en} · data as known on {day.isoformat()}",
            ),
        )
        for number, section in numbered(self.evaluation.sections, self.language):
            self._section(section, number, 1)
        self._evidence()
        self._lost()
        return save(self.page, at)

    def _words(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def _section(self, section: Section, number: str, level: int) -> None:
        if section.annex:
            page_break(self.page)
        heading(self.page, f"{number}{section.title.of(self.language)}", level)
        for part in section.parts:
            self._part(part)
        for inner, below in numbered(section.sections, self.language, level + 1):
            self._section(below, inner, level + 1)

    def _part(self, part: Part) -> None:
        if isinstance(part, Paragraph):
            self._paragraph(part)
        elif isinstance(part, Sheet):
            self._sheet(part)
        elif isinstance(part, Chart):
            self._chart(part)
        else:
            self._blank(part)

    def _paragraph(self, part: Paragraph) -> None:
        place = paragraph(self.page, "")
        for sentence in part.sentences:
            wording = self.report.sentence(sentence)
            place.add_run(legal(wording.text))
            if wording.edited:
                _small(place, self._words("（人工修改）", " (edited)"))
            if wording.now:
                now = self._words(f"（现数据：{wording.now}）", f" (data now: {wording.now})")
                _small(place, now)
            self._grounds(place, sentence.evidence)
            if self.language == "en":
                place.add_run(" ")

    def _blank(self, blank: Blank) -> None:
        answer = self.report.answer(blank)
        paragraph(self.page, f"{blank.prompt.of(self.language)}{answer or _LINE_WIDTH}")

    def _sheet(self, sheet: Sheet) -> None:
        self._tables += 1
        said = sheet.title.of(self.language)
        self._caption(self._words(f"表{self._tables}　{said}", f"Table {self._tables}. {said}"))
        widths = [share * _WIDE for share in sheet.widths]
        grid = table(self.page, widths, [head.of(self.language) for head in sheet.head])
        for row in sheet.rows:
            texts = [cell.of(self.language) for cell in row.cells]
            if row.blank is not None and not texts[-1]:
                texts[-1] = self.report.answer(row.blank)
            cells = add_row(grid, *texts)
            self._grounds(cells[0].paragraphs[0], row.evidence)

    def _chart(self, chart: Chart) -> None:
        add_chart(
            self.page,
            chart.kind,
            [one.of(self.language) for one in chart.categories],
            [ChartLine(one.name.of(self.language), one.values, one.role) for one in chart.lines],
            described=chart.title.of(self.language),
        )
        self._charts += 1
        said = chart.title.of(self.language)
        place = self._caption(
            self._words(f"图{self._charts}　{said}", f"Figure {self._charts}. {said}")
        )
        self._grounds(place, chart.evidence)

    def _grounds(self, place: WordParagraph, keys: Sequence[str]) -> None:
        """Numbers of the grounds of a sentence; a run of them as one range."""
        for first, last in runs(self.evaluation.number_of(key) for key in keys):
            _reference(place, first, last)

    def _caption(self, text: str) -> WordParagraph:
        place = paragraph(self.page, "")
        place.paragraph_format.first_line_indent = Pt(0)
        place.paragraph_format.keep_with_next = True
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.add_run(legal(text)).bold = True
        return place

    def _evidence(self) -> None:
        page_break(self.page)
        heading(self.page, self._words("附件：依据清单", "Annex: evidence"))
        heads = ("序号", "内容", "数值", "出处") if self.language == "zh" else _EVIDENCE_EN
        grid = table(self.page, (14, 52, 38, 52), heads)
        for number, one in enumerate(self.evaluation.evidence, 1):
            cells = add_row(grid, "", one.what.of(self.language), one.value, one.place)
            cell_text(cells[0], str(number))
            _bookmark(cells[0].paragraphs[0], number)

    def _lost(self) -> None:
        lost = lost_edits(self.evaluation, [e for e in self.edits if e.language == self.language])
        if lost:
            heading(
                self.page,
                self._words("附：不再对应任何内容的人工修改", "Edits whose sentence is gone"),
            )
            for edit in lost:
                paragraph(self.page, edit.text)


_EVIDENCE_EN = ("No.", "What", "Figure", "Where")


def _small(place: WordParagraph, text: str) -> None:
    run = place.add_run(legal(text))
    run.font.size = Pt(9)
    run.italic = True


def _reference(place: WordParagraph, first: int, last: int) -> None:
    """A raised number that leads to its entry in the list of evidence."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"evidence{first}")
    run = place.add_run(f"[{first}]" if first == last else f"[{first}–{last}]")
    run.font.superscript = True
    link.append(run._element)
    place._element.append(link)


def _bookmark(place: WordParagraph, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"evidence{number}")
    place._element.append(start)
    place._element.append(end)
