"""The yearly plan of a unit (年度计划): what its accepted targets ask of one year.

A five-year target is kept year by year: the yearly plan takes the figure of the year from the path
of every target that the unit has accepted, with the body and person that answer for it, and says in
words what has no figure yet. Nothing is estimated here; figures come as they were settled, as
decimal text with the decimals of their source.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

__all__ = ["Duty", "Language", "Nature", "Open", "Part", "YearlyPlan", "figure"]

Language = Literal["zh", "en"]
Nature = Literal["binding", "expected", ""]

_BOUNDS = {"ge": ("≥", ""), "le": ("≤", ""), "approx": ("", "左右")}
#: a figure that nobody has given
NO_FIGURE = "—"


@dataclass(frozen=True, slots=True)
class Part:
    """The share of a lower unit in a target that was broken down (分解)."""

    unit: str
    #: figure of the year; empty where none was settled
    value: str
    #: words for how far the lower unit is: proposed, accepted, sent back
    state: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One accepted target of the unit, as one year sees it (年度目标)."""

    indicator: str
    #: unit of measure (计量单位)
    measure_unit: str
    nature: Nature
    #: ge, le, eq, approx
    bound: str
    base: str
    base_period: str
    #: what was observed for the year before; empty where nothing was reported
    last: str
    #: what the path asks of this year; empty where it asks nothing
    value: str
    #: the target itself and its year
    final: str
    final_period: str
    #: figures at the end of each quarter, four or none
    quarters: tuple[str, ...] = ()
    #: do the quarters count from the first of January (a flow), or stand each by itself?
    cumulative: bool = False
    body: str = ""
    person: str = ""
    #: progress requirement (进度要求), measures (措施), projects (项目)
    requirement: str = ""
    measures: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    #: words on whether the parts give the whole; empty where there are no parts
    parts_check: str = ""
    #: why there is no figure of the year; empty where there is one
    reason: str = ""
    #: where the target stands: plan and place
    source: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A target that asks something of the unit and is not settled (未定事项)."""

    indicator: str
    words: str


@dataclass(frozen=True, slots=True)
class YearlyPlan:
    """Everything that the Word and Excel forms show."""

    language: Language
    unit: str
    year: int
    #: titles of the plans that the targets come from
    plans: tuple[str, ...]
    duties: tuple[Duty, ...]
    open: tuple[Open, ...] = ()

    def words(self, zh: str, en: str) -> str:
        """The reader's language out of a pair."""
        return en if self.language == "en" else zh

    @property
    def title(self) -> str:
        """Title of the document."""
        return self.words(f"{self.unit}{self.year}年度计划", f"{self.unit}: Plan for {self.year}")

    @property
    def basis(self) -> str:
        """The sentence that says what it is drawn from."""
        if not self.plans:
            return self.words(
                "本计划由已认领的目标汇编，目标未注明所属规划。",
                "This plan is drawn from accepted targets, which name no plan of theirs.",
            )
        names = self.words("、", ", ").join(
            self.words(f"《{title}》", f"“{title}”") for title in self.plans
        )
        return self.words(
            f"本计划依据{names}，由已认领的目标汇编。",
            f"This plan is drawn from the accepted targets of {names}.",
        )

    @property
    def summary(self) -> str:
        """How many targets, of which nature, and how many of them have a figure of the year."""
        count = Counter(duty.nature for duty in self.duties)
        known = sum(bool(duty.value) for duty in self.duties)
        total = len(self.duties)
        return self.words(
            f"共列入目标{total}项，其中约束性{count['binding']}项、预期性{count['expected']}项；"
            f"{known}项有年度指标值，{total - known}项尚无。",
            f"{total} targets ({count['binding']} binding, {count['expected']} expected); with a"
            f" figure for the year: {known}; without: {total - known}.",
        )

    def nature(self, duty: Duty) -> str:
        """Binding or expected, in words."""
        return {
            "binding": self.words("约束性", "Binding"),
            "expected": self.words("预期性", "Expected"),
        }.get(duty.nature, NO_FIGURE)

    def aim(self, duty: Duty, value: str) -> str:
        """A figure with the bound word of its target."""
        if not value:
            return NO_FIGURE
        before, after = _BOUNDS.get(duty.bound, ("", ""))
        return f"{before}{figure(value)}{self.words(after, '')}"

    def answerable(self, duty: Duty) -> str:
        """Body and person that answer for it."""
        return self.words("，", ", ").join(n for n in (duty.body, duty.person) if n) or NO_FIGURE


def figure(text: str) -> str:
    """Decimal text with thousands separated; a dash where there is none."""
    if not text:
        return NO_FIGURE
    sign = "-" if text.startswith("-") else ""
    whole, point, rest = text.removeprefix("-").partition(".")
    if not whole.isdecimal():
        return text
    return f"{sign}{int(whole):,}{point}{rest}"
