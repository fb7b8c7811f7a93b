"""An evaluation report as data (评估报告): sections, sentences, tables, charts, and their evidence.

Every sentence, table cell and chart that carries a figure names the entries of the evidence list
it rests on. The report knows no file form: Word, web and JSON are projections of it. What only
people can say (causes, proposals, the state of a task nobody recorded) is a *blank*: a place with
a question, never a made-up answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "Blank",
    "Chart",
    "Evaluation",
    "Evidence",
    "EvidenceKind",
    "Kind",
    "Language",
    "Line",
    "Paragraph",
    "Part",
    "Row",
    "Said",
    "Section",
    "Sentence",
    "Sheet",
]

#: yearly (年度评估), mid-term (中期评估), final (总结评估)
Kind = Literal["yearly", "midterm", "final"]
Language = Literal["zh", "en"]
EvidenceKind = Literal[
    "target", "observation", "statement", "count", "standing", "definition", "adjustment"
]


@dataclass(frozen=True, slots=True)
class Said:
    """The same in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence rests on (依据): a line of the plan, an observed value, a counted list."""

    key: str
    kind: EvidenceKind
    what: Said
    #: the figure itself, as printed
    value: str
    #: section, box and row of the document; or the title of the source
    place: str
    #: what a page links to: id of the target, observation or statement
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``key`` names it over the years, so that an edit finds it again."""

    key: str
    said: Said
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    key: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that people fill in (待填写)."""

    key: str
    #: what is asked, and what could be looked at
    prompt: Said
    #: answers to choose from; empty: free text
    choices: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its evidence is that of the whole row."""

    key: str
    cells: tuple[Said, ...]
    evidence: tuple[str, ...] = ()
    #: a place in the row that people fill
    blank: Blank | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``widths`` are shares of the page, ``figures`` the columns set to the right."""

    key: str
    title: Said
    head: tuple[Said, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a chart; None where nothing is known."""

    name: Said
    values: tuple[float | None, ...]
    #: observed (实绩), path (应达), target (目标), count
    role: Literal["observed", "path", "target", "count"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over named categories, with the unit of measure of its values."""

    key: str
    kind: Literal["line", "bar"]
    title: Said
    categories: tuple[Said, ...]
    lines: tuple[Line, ...]
    measure_unit: str
    evidence: tuple[str, ...] = ()


Part = Paragraph | Blank | Sheet | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; parts first, sections inside after them."""

    key: str
    title: Said
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    #: an annex is numbered apart (附件)
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A report on a plan as known on a day."""

    kind: Kind
    plan: str
    title: Said
    owner: Said
    as_of: date
    #: year the report speaks of: the last that is over, or the plan's last
    year: int
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...] = ()
    _by_key: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update({one.key: place for place, one in enumerate(self.evidence, 1)})

    def number_of(self, key: str) -> int:
        """Number of an entry in the list of evidence, from 1; KeyError for an unknown key."""
        return self._by_key[key]

    def walk(self) -> Iterator[Section]:
        """Every section, outer before inner."""
        waiting = list(reversed(self.sections))
        while waiting:
            section = waiting.pop()
            yield section
            waiting += reversed(section.sections)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in the order of reading."""
        for section in self.walk():
            for part in section.parts:
                if isinstance(part, Paragraph):
                    yield from part.sentences

    def blanks(self) -> Iterator[Blank]:
        """Every place for people, in rows too."""
        for section in self.walk():
            for part in section.parts:
                if isinstance(part, Blank):
                    yield part
                elif isinstance(part, Sheet):
                    yield from (row.blank for row in part.rows if row.blank)
