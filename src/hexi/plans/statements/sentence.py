"""The state of one sentence (句子状态): what it has said so far, and who and what a run names."""

from __future__ import annotations

import re

from hexi.plans.statements.figures import Figure
from hexi.plans.statements.frames import DocumentFrame, SectionFrame
from hexi.plans.statements.lexicon import words
from hexi.plans.statements.names import (
    brings,
    ends_with,
    indicator_name,
    is_verb,
    starts_with,
    strip_lead,
    strip_light,
)
from hexi.plans.statements.reading import Memory, Reading
from hexi.plans.statements.times import Moment
from hexi.plans.statements.tokens import Token

__all__ = ["SentenceState"]

_HEAD = re.compile(r"(?:开发区|园区|高新区|经开区|保税区|集中区|企业|项目)$")
_OPENS = re.compile(r"新[开增建设辟引培签认注批]")
#: what is said of works counted before; what names its own field (工业投资) is not theirs
_OF_WORKS = re.compile(
    r"(?:年度|计划|预计|总|累计|完成|实际|已|到位|合同|协议|概算|固定资产)*"
    r"(?:投资|资金|引资)(?:总?额|规模)?(?:占.*|率)?|占比|.{0,6}(?:开工|竣工|投产|建成|达产|到位|入库|履约|开竣工|完成)率"
    r"|(?:已|新)?(?:开工|竣工|投产|建成|落地|入库|签约)(?:投产)?(?:项目)?|.{0,4}进度|.*项目(?:(?:年度|计划|完成|总)*(?:投资|资金)?(?:占.*|比重)?)"
)
#: what an industry has; anything else said after it is not its own
_OUTPUT = re.compile(
    r".{0,3}(?:总?产值|营业收入|主营业务收入|增加值|规模|产量|利润|税收|销售收入|收入|投资|增速)(?:占.*)?"
    r"|占.*|.{0,4}率|出口.*|产业链.*|.{0,6}企业"
)
#: 工业类项目到位: a group and a bare verb, whose indicator was named before
_GROUP_DOES = re.compile(
    r"([^，,。；;、的]{2,16}(?:项目|企业|园区|开发区))(?:已|共|累计|实际)?(?:到位|完成|实现|达到|投入|贡献|缴纳|落实|使用)"
)
#: 新签约项目12个、到位资金30亿元: what a place draws in is its own, not the works'
_GATHERED = re.compile(r"新?(?:签约|引进|招引|招商)(?:引资)?(?:[^，。]{0,6})项目")
_GATHERS = re.compile(r"到位|引资")
#: 1—6月，完成投资38亿元: in a paper about the works of a year the investment is theirs
_OF_ARRANGED = re.compile(
    r"(?:累计|实际|已|年度|计划|年内)*(?:完成)?(?:投资|总投资)(?:占.*|快于.*|慢于.*)?|投资(?:完成)?进度|(?:开工|竣工|投产|开竣工|投资完成)率"
)
_KIND_OF_WORKS = re.compile(r"[^，,。；;、]{2,8}[类业性]项目.{0,2}投资")
_STAGE_OF_WORKS = re.compile(r"(?:开工|竣工|完工|投产|建成|续建|新建)[^，,。；;、]{0,4}项目")
_BRACKETS = re.compile(r"^[（(][^）)]*[）)]?")
_BODIES = re.compile(r"(?<=.{2})(?:开发区|园区|高新区|经开区)$")
_TERRITORY = re.compile(r"[全我][国省市县区]")
_WHOLE = re.compile(r"全[国省市县区]$")


def _other_works(group: str, indicator: str) -> bool:
    """新开工项目60个，竣工投产项目35个，产业类项目投资占比…: each is told of works of its own."""
    if _KIND_OF_WORKS.match(indicator):
        return True
    stages = [_STAGE_OF_WORKS.search(text) for text in (group, indicator)]
    return bool(stages[0] and stages[1]) and indicator.endswith("项目")


class SentenceState:
    """Tokens, memory and the naming of subjects and indicators."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        span: tuple[int, int],
        frame: DocumentFrame,
        section: SectionFrame,
        memory: Memory,
    ) -> None:
        self.text, self.tokens, self.span = text, tokens, span
        self.frame, self.section, self.memory = frame, section, memory
        self.readings: list[Reading] = []
        #: index of the first token of the present clause
        self.clause = 0
        self.subset = False
        #: what rates of the sentence are compared with (较2015年)
        self.base: Moment | None = None
        #: what is told of works once they run
        self.completed = False
        #: it compares with the year before (同比)
        self.compared = False
        #: the time around an item that has its own
        self.around: tuple[Moment | None, str] | None = None
        #: the time and the subject around a list told in one sentence (一是…；二是…)
        self.listed: tuple[Moment | None, str, str, bool] | None = None
        #: the class that an item of a list counted (创新型12个)
        self.classed = ""
        #: the span that the sentence told of before it named one of its years
        self.span_said: Moment | None = None
        #: the judgement that a clause before spoke of (考评中)
        self.judged = ""
        #: it tells how things stand (目前); the count before was of what has been done
        self.now = self.done = False
        #: 其中 was said before; 其中： opens a list whose items semicolons part
        self.parted = self.itemised = False
        self.cumulative = False
        #: 累计 was said in a clause before this one; the kind of figure that it was said of
        self.carried = False
        self.added = ""
        #: the subject that holds again after 其中…;
        self.whole_subject = ""
        #: the indicator that 其中 takes parts of
        self.whole = self.whole_count = ""
        #: the territory of which a small part yields a large one
        self.against = ""
        #: the subjects that its clauses have named
        self.named: set[str] = set()
        #: it sets terms; whom it addresses, what it pays, what the rate is of, what it asks
        self.terms = self.ruled = False
        self.addressee = self.granted = self.rated = ""
        self.conditions: list[Figure] = []
        self.paired: list[Figure] = []
        self.distributive: list[tuple[str, str, Moment | None]] = []
        #: the time of one figure (由2018年的0.6亿元), and of one clause
        self.local: Moment | None = None
        self.clause_moment: Moment | None = None
        #: the lower end of a range whose upper end comes next
        self.low: Figure | None = None

    def _subject(self, owner: str, where: str) -> None:
        if owner:
            self.memory.subject, self.memory.subject_from = owner, where
            self.named.add(owner)

    def _default_subject(self, own_group: bool, indicator: str) -> tuple[str, str]:
        memory = self.memory
        part = "项目占" in indicator
        if self.classed and not indicator.endswith(self.classed):
            return self.classed, "group"
        gathers = memory.group and _GATHERED.match(memory.group) and _GATHERS.search(indicator)
        if (
            memory.group
            and not (own_group or part or gathers or _other_works(memory.group, indicator))
            and _OF_WORKS.fullmatch(indicator)
        ):
            return memory.group, "group"
        if memory.arranged and not memory.place and _OF_ARRANGED.fullmatch(indicator):
            return memory.arranged[0], "group"
        if memory.firms and indicator in words("names", "of_firms"):
            return memory.firms, "group"
        if self.completed and memory.works:
            return memory.works, "group"
        bodies = _BODIES.search(indicator)
        if bodies and memory.subject.endswith(bodies[0]) and not (own_group or self.subset):
            # 国家级开发区达到18个 after figures of all: a kind of them is not theirs
            return self.section.subject or self.frame.owners.principal, "document"
        if memory.subject and not (
            ends_with("industry", memory.subject) and not _OUTPUT.fullmatch(indicator)
        ):
            return memory.subject, memory.subject_from or "sentence"
        if memory.place:
            return memory.place, "section"
        if self.section.subject:
            return self.section.subject, "section"
        return self.frame.owners.principal, "document"

    def _run(self, left: list[Token]) -> tuple[str, str]:
        """(earlier text, name run) before the figure: the run is the last stretch of names."""
        end = len(left)
        while end and left[end - 1].kind not in "NFH)":
            end -= 1
        begin = end
        while begin and left[begin - 1].kind in "NF/()HbBQ":
            if left[begin - 1].kind == "B" and begin - 1 and left[begin - 2].kind not in "NH":
                break
            begin -= 1
        run = self.text[left[begin].start : left[end - 1].end] if begin < end else ""
        earlier = [t for t in left[:begin] if t.kind == "N"]
        return (earlier[-1].text if earlier else ""), run

    def _owner_and_name(self, reading: Reading, left: list[Token]) -> str:
        """Set the reading's subject from the run and return the name that is left of it."""
        earlier, run = self._run(left)
        self._note_verb(reading, run)
        owners = self.frame.owners
        if earlier:
            owner, rest = owners.split(strip_lead(earlier))
            if (
                owner
                or ends_with("body", earlier)
                or ends_with("group", earlier)
                or (ends_with("industry", earlier) and ends_with("output", run))
            ):
                reading.subject = self._counted_group(earlier) or owner or indicator_name(earlier)
                self._subject(reading.subject, "clause")
            elif not run:
                run = rest
            elif ends_with("trade", earlier) and ends_with("output", run):
                # 建材行业完成产值18亿元: the trade is part of the indicator
                return indicator_name(earlier) + indicator_name(run)
            elif is_verb(run) and ends_with("measured", rest):
                # 技改投资累计投入25亿元: the verb after the name adds nothing to it
                return indicator_name(rest)
        lead = strip_lead(run)
        if (reading.subset or self.parted) and self._names_a_part(reading, lead):
            return self.memory.indicator
        if _TERRITORY.match(lead) and ends_with("industry", self.memory.subject):
            reading.subject = owners.split(lead)[0]
        if brings(run[: len(run) - len(lead)]) or (reading.subset and not self._is_known(lead)):
            return indicator_name(run)
        listed = reading.figure.kind == "count" and run.count("、") > 1
        owner, rest = ("", run) if listed else owners.split(strip_lead(run))
        if owner and not _BRACKETS.sub("", rest) and reading.figure.kind == "count":
            return indicator_name(run)
        shared = set("SH") & set(reading.left) and ends_with("industry", owner)
        if owner and not shared:
            reading.subject = owner
            self._subject(owner, "clause")
            run = rest
        return indicator_name(run)

    def _names_a_part(self, reading: Reading, run: str) -> bool:
        """其中石桥园区120万平方米: a bare body or industry has its part of what was said before."""
        group = _GROUP_DOES.fullmatch(run)
        if group and self.memory.indicator and reading.figure.kind == "money":
            reading.subject = group[1]
            return True
        if not reading.subset:
            return False
        owner, rest = self.frame.owners.split(run)
        industry = ends_with("industry", run) and ends_with("output", self.memory.indicator)
        if reading.figure.kind == "count" or not (industry or (owner and not rest)):
            return False
        reading.subject = owner or run
        return bool(self.memory.indicator)

    def _is_known(self, run: str) -> bool:
        """Inside 其中 a body at the left end is part of the item's name, unless what follows it
        is a plain indicator."""
        owner, rest = self.frame.owners.split(run)
        known = self.frame.knows(rest) and not ends_with("kind", owner)
        return bool(owner) and (ends_with("extent", rest) or known)

    def _note_verb(self, reading: Reading, run: str) -> None:
        bare = strip_light(run)
        owner, rest = self.frame.owners.split(bare)
        bare = strip_light(rest) if owner and rest else bare
        kind = run.endswith(("型", "类"))
        reading.brings = (brings(run) and not kind) or self.memory.brings
        reading.deals = starts_with("deal", bare)
        reading.nurtures = starts_with("nurture", bare) or self.memory.nurtures
        reading.opens = bool(_OPENS.match(bare)) or (
            self.memory.opens and not reading.left.strip("/N")
        )
        self.memory.brings, self.memory.opens = reading.brings, reading.opens
        self.memory.nurtures = reading.nurtures

    def _counted_group(self, noun: str, counted: Reading | None = None) -> str:
        """全省35个开发区共实现…: the counted group as a subject (全省开发区)."""
        counted = counted or (self.readings[-1] if self.readings else None)
        if counted is None or counted.shape != "counted_after" or counted.indicator not in noun:
            return ""
        begin, end = counted.figure.start, counted.figure.end
        head = _HEAD.search(counted.indicator)
        whole = _WHOLE.search(self.text, max(self.span[0], begin - 2), begin)
        if whole and head:
            return whole[0] + head[0]
        existing = self.text[max(self.span[0], begin - 2) : begin]
        return (
            (existing if existing in ("现有", "已有") else "")
            + self.text[begin:end]
            + counted.indicator
        )

    def _keep(self, reading: Reading) -> None:
        self.memory.topic = ""
        self.memory.indicator, self.memory.part = reading.indicator, ""
        self.memory.levels.append((reading.subject, reading.indicator))
