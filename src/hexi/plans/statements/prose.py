"""Prose (正文): the sentences of a paragraph become readings, figure by figure.

A clause is read from left to right with a small memory: the last subject, indicator, time and aim
said in the sentence, and in the paragraph. ``grammar.py`` tells the shape of each figure's
surroundings; here each shape is given its roles (who, what, of what), and ``meaning.py`` turns the
roles into the fields of a statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from hexi.plans.statements.figures import Figure, find_figures
from hexi.plans.statements.frames import DocumentFrame, SectionFrame
from hexi.plans.statements.grammar import shape
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import (
    brings,
    counted_noun,
    ends_with,
    indicator_name,
    is_verb,
    starts_with,
    strip_lead,
    strip_light,
)
from hexi.plans.statements.times import Moment, time_pattern
from hexi.plans.statements.tokens import Token, kinds_of, tokenize

__all__ = ["Memory", "Reading", "read_paragraph"]

_CLASS = {
    "money": "m", "measure": "u", "count": "c", "people": "p",
    "percent": "%", "multiple": "x", "duration": "d", "rank": "r",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A figure with its roles; offsets count in the logical text."""

    figure: Figure
    shape: str
    subject: str = ""
    indicator: str = ""
    #: the words of the clause before the figure: kinds, and the tokens themselves
    left: str = ""
    tokens: tuple[Token, ...] = ()
    moment: Moment | None = None
    #: where the moment was said: figure, sentence, paragraph, section
    moment_from: str = ""
    #: base of a comparison (较“十一五”末)
    base: Moment | None = None
    bounds: tuple[str, ...] = ()
    aim: bool = False
    forecast: bool = False
    rule: bool = False
    #: the counted noun after the figure
    noun: str = ""
    cumulative: bool = False
    total: bool = False
    subset: bool = False
    #: a verb that brings something about opens the name (建设, 引进)
    brings: bool = False
    #: it opens something new (新开通), so that a span before it counts what was opened then
    opens: bool = False
    #: it states an aim by itself (培育)
    nurtures: bool = False
    #: the count of what there is, not of what is aimed at
    inventory: bool = False
    sign: int = 1
    sentence: tuple[int, int] = (0, 0)
    why: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """What the sentence or paragraph has said so far."""

    subject: str = ""
    subject_from: str = ""
    indicator: str = ""
    #: of the last share, the part that was set against the whole (its growth is meant next)
    part: str = ""
    moment: Moment | None = None
    moment_from: str = ""
    aim: bool = False
    forecast: bool = False
    rule: bool = False
    #: the time that later sentences of the paragraph go on from
    anchor: Moment | None = None
    #: the name of the criterion of a class (进出口额 of 过1亿美元的企业)
    criterion: str = ""
    #: things counted before, whose figures follow (204个项目…开工率)
    group: str = ""
    #: the verb of the enumeration that goes on
    brings: bool = False
    opens: bool = False
    nurtures: bool = False
    #: what the clause before spoke of without a figure
    topic: str = ""
    levels: list[tuple[str, str]] = field(default_factory=list)


_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?[”）]?")


def read_paragraph(
    text: str, frame: DocumentFrame, section: SectionFrame, memory: Memory
) -> list[Reading]:
    """All readings of one logical text (paragraph, list item, run-in heading)."""
    figures = find_figures(text)
    if not figures:
        _remember_time(text, frame, memory)
        return []
    readings: list[Reading] = []
    at = 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        mine: list[Figure] = []
        while at < len(figures) and figures[at].start < end:
            mine.append(figures[at])
            at += 1
        tokens = tokenize(text, start, end, mine, frame.clock)
        reader = _Sentence(text, tokens, (start, end), frame, section, memory)
        readings.extend(reader.read())
    return readings


def _remember_time(text: str, frame: DocumentFrame, memory: Memory) -> None:
    """A paragraph without figures may still say the time of the next (今年，…)."""
    if frame.is_plan:
        return
    for match in time_pattern().finditer(text):
        moment = frame.clock.read(match)
        if moment is not None and moment.way != "asof" and frame.is_anchor(moment):
            memory.anchor = moment


@cache
def _works() -> re.Pattern[str]:
    return re.compile(
        rf"^的?[^，。；：、的]{{0,22}}?(?:{alternatives(words('names', 'works'))})(?![^，。；：、的等]{{0,2}}?(?:面积|投资|资金|数))"
    )


#: a group of territories whose figures follow (省级以上开发区生产总值)
_GROUP = re.compile(r"[^，。；、的]{0,8}?(?:开发区|园区|高新区|经开区|保税区|集中区)")
_HEAD = re.compile(r"(?:开发区|园区|高新区|经开区|保税区|集中区|企业|项目)$")
_OPENS = re.compile(r"新[开增建设辟引培签认注批]")
_ACTS = re.compile(r"(?:共|已|均|累计|总共)?(?:实现|完成|拥有|创造)")
_WHOLE = re.compile(r"全[国省市县区]$")
_TOTAL = re.compile(r"累计|总共|共计|合计|共(?![同享建用和识产管])")
_QUALIFIED = re.compile(r"^\s*(?:人民币)?的(?:\S)")
_CLASS_NOUN = re.compile(
    r"^[^，。；：、]{0,14}?(?:企业|项目|开发区|园区|集群|产业|公司|农户|人员|机组|工程)"
)


def _finer(left: list[Token]) -> str:
    """Kinds of the tokens before a figure, a whole in the genitive as ``~``."""
    kinds = kinds_of(left)
    bare = kinds.rstrip("VB")
    if bare.endswith("VN") and left[len(bare) - 1].text.endswith("的"):
        return bare[:-1] + "~" + kinds[len(bare) :]
    return kinds


class _Sentence:
    """One pass over the tokens of a sentence."""

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
        self.cumulative = False
        #: the subject that holds again after 其中…;
        self.whole_subject = ""
        self.distributive: list[str] = []
        #: the time of one figure (由2018年的0.6亿元), and of one clause
        self.local: Moment | None = None
        self.clause_moment: Moment | None = None
        #: the lower end of a range whose upper end comes next
        self.low: Figure | None = None

    def read(self) -> list[Reading]:
        memory = self.memory
        memory.aim = memory.rule = False
        memory.criterion = memory.subject = memory.topic = ""
        memory.levels = []
        memory.brings = memory.opens = memory.nurtures = False
        counts = any(token.kind == "F" for token in self.tokens)
        if counts and self.tokens[0].kind != "M":
            memory.group = ""
        memory.moment, memory.moment_from = memory.anchor, "paragraph" if memory.anchor else ""
        for index, token in enumerate(self.tokens):
            kind = token.kind
            if kind == "F":
                self._figure(index, token)
            elif kind in ",;":
                self._note_subject(index)
                self.clause = index + 1
                self.local = self.clause_moment = None
                self.distributive = []
                if kind == ";":
                    if self.subset:
                        memory.subject = self.whole_subject
                    self.subset = self.cumulative = False
                    memory.group = ""
                    memory.brings = memory.nurtures = memory.opens = False
            elif kind == "T":
                self._time(index, token)
            elif kind == "A":
                memory.aim = True
            elif kind == "E":
                memory.forecast = True
            elif kind == "R":
                memory.rule = True
            elif kind == "M":
                self._note_group(index)
                self.whole_subject = memory.subject
                self.subset, self.cumulative = True, False
                self.clause = index + 1
            elif kind == "L":
                self.cumulative = True
            elif kind == "/" and index and self.tokens[index - 1].kind in "Fb":
                self.clause = index + 1
        return self.readings

    # --- memory -----------------------------------------------------------------

    def _time(self, index: int, token: Token) -> None:
        """A time rules the rest of the sentence, unless it belongs to one figure (由2018年的…)."""
        if index and self.tokens[index - 1].kind in "OU":
            self.local = token.moment
            return
        if index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "F" and index:
            self.local = token.moment
            return
        if index and self.tokens[index - 1].text.endswith("自"):
            return
        memory, moment = self.memory, token.moment
        first = index == self.clause
        if not first and not self._figure_follows(index):
            return
        if moment is not None and moment.is_span and self.readings and self._growth_follows(index):
            self.clause_moment = moment
            return
        memory.moment, memory.moment_from = moment, "sentence"
        self.cumulative = False
        if moment is not None and moment.way != "asof" and self.frame.is_anchor(moment):
            memory.anchor = moment

    def _figure_follows(self, index: int) -> bool:
        """A time after the last figure of its clause is an aside (低于过去10年平均水平)."""
        for token in self.tokens[index + 1 :]:
            if token.kind == "F":
                return True
            if token.kind in ",;":
                return token.start == self.tokens[self.clause].start or not self.readings
        return not self.readings

    def _growth_follows(self, index: int) -> bool:
        """“十二五”期间年均增长12%: the span belongs to the rate, not to the sentence."""
        for token in self.tokens[index + 1 :]:
            if token.kind in ",;F":
                return False
            if token.kind == "K":
                return True
        return False

    def _note_group(self, index: int) -> None:
        """创新驱动型开发区主要包括…: the group is the subject of what is listed."""
        names = [t for t in self.tokens[self.clause : index] if t.kind == "N"]
        if names and ends_with("body", names[-1].text):
            self._subject(indicator_name(names[-1].text), "clause")

    def _note_subject(self, index: int) -> None:
        """A clause without figures may still name whose figures follow (安宁园区位于…)."""
        clause = self.tokens[self.clause : index]
        self.memory.topic = ""
        if any(token.kind == "F" for token in clause):
            return
        for token in clause:
            if token.kind == "N":
                owner, rest = self.frame.owners.split(strip_lead(token.text))
                if owner and self.clause <= 2 and not self.readings:
                    self._subject(owner, "clause")
                self.memory.topic = indicator_name(rest) if clause[-1].kind == "G" else ""
                return

    def _subject(self, owner: str, where: str) -> None:
        if owner:
            self.memory.subject, self.memory.subject_from = owner, where

    # --- one figure -------------------------------------------------------------

    def _figure(self, index: int, token: Token) -> None:
        figure = token.figure
        assert figure is not None
        if "range" in figure.flags and figure.bound == "ge":
            self.low = figure
            return
        left_tokens = self._left(index)
        left = _finer(left_tokens)
        right, after = self._right(index)
        reading = Reading(
            figure,
            shape(_CLASS[figure.kind], left, right),
            left=left,
            tokens=tuple(left_tokens),
            sentence=self.span,
            subset=self.subset,
        )
        self._context(reading, left_tokens, index)
        if self.distributive and "N" not in left:
            reading = self._next_of_spread(reading)
            self.readings.append(reading)
            return
        getattr(self, f"_read_{reading.shape}")(reading, left_tokens, after)
        if not reading.subject:
            counts_group = reading.figure.kind == "count" and reading.indicator.endswith("项目")
            reading.subject, where = self._default_subject(
                counts_group and reading.indicator != "项目", reading.indicator
            )
            reading.why.append(("subject", where))
        if reading.figure.kind == "count" and reading.indicator.endswith("项目"):
            self.memory.group = self.memory.group if reading.indicator == "项目" else reading.indicator
        if self.low is not None:
            self.readings.append(replace(reading, figure=self.low, bounds=()))
            self.low = None
        self.readings.append(reading)

    def _left_start(self, index: int) -> int:
        """First token of what belongs to this figure: after the last figure that ended a name."""
        start = self.clause
        for at in range(index - 1, start - 1, -1):
            token = self.tokens[at]
            if token.kind == "F" and token.figure is not self.low:
                if self.readings and self.readings[-1].shape == "criterion" and at == self._last:
                    return start
                return at + 1
        return start

    def _left(self, index: int) -> list[Token]:
        """Tokens before the figure that belong to it: what the figure before counted does not."""
        start = self._left_start(index)
        left = [t for t in self.tokens[start:index] if t.figure is None or t.figure is not self.low]
        noun = self.readings[-1].noun if self.readings and start > self.clause else ""
        if noun and left and left[0].kind == "N" and noun in left[0].text:
            first = left[0]
            cut = first.text.index(noun) + len(noun)
            rest = first.text[cut:].lstrip("和及与、 ")
            left = left[1:]
            if rest:
                left = [replace(first, start=first.end - len(rest), text=rest), *left]
            elif left and left[0].kind == "/":
                left = left[1:]
        return left

    @property
    def _last(self) -> int:
        return max(
            (i for i, t in enumerate(self.tokens) if t.figure is self.readings[-1].figure),
            default=-1,
        )

    def _right(self, index: int) -> tuple[str, str]:
        """Kinds after the figure and the text up to the clause's end.

        Two finer kinds exist only here: Q, a name that the figure qualifies (的企业), and W,
        works whose size the figure is (铬矿冶炼项目).
        """
        kinds: list[str] = []
        end = self.span[1]
        begin = self.tokens[index].end
        following = self.tokens[index + 1 :]
        if following and following[0].kind == "b":
            begin = following[0].end
        for token in following:
            if token.kind in ",;/":
                end = token.start
                break
            kinds.append(token.kind)
        after = self.text[begin:end]
        letters = "".join(kinds)
        bare = letters.lstrip("b")
        if bare.startswith("N"):
            prefix = letters[: len(letters) - len(bare)]
            if _QUALIFIED.match(after) and _CLASS_NOUN.match(after.lstrip(" 人民币的")):
                letters = prefix + "Q" + bare[1:]
            elif _works().match(after):
                invests = starts_with("invest", after.lstrip("的 "))
                letters = prefix + ("I" if invests else "W") + bare[1:]
        return letters, after

    def _context(self, reading: Reading, left: list[Token], index: int) -> None:
        memory = self.memory
        if self.local is not None:
            reading.moment, reading.moment_from = self.local, "figure"
            self.local = None
        elif self.clause_moment is not None:
            reading.moment, reading.moment_from = self.clause_moment, "figure"
        else:
            reading.moment, reading.moment_from = memory.moment, memory.moment_from
        reading.aim, reading.forecast, reading.rule = memory.aim, memory.forecast, memory.rule
        reading.cumulative = self.cumulative
        following = self.tokens[index + 1 : index + 2]
        reading.bounds = tuple(t.sense for t in following if t.kind == "b")
        if not reading.bounds:
            tail = len(left)
            while tail and left[tail - 1].kind not in "NHF":
                tail -= 1
            reading.bounds = tuple(t.sense for t in left[tail:] if t.kind == "B")[-1:]
        reading.base = next((t.moment for t in left if t.kind == "C"), None)
        clause = self.text[left[0].start : left[-1].end] if left else ""
        reading.total = bool(_TOTAL.search(clause))
        if any(t.kind == "G" and t.sense == "-" for t in left):
            reading.sign = -1

    def _default_subject(self, own_group: bool, indicator: str) -> tuple[str, str]:
        memory = self.memory
        if memory.group and not own_group and ends_with("of_works", indicator):
            return memory.group, "group"
        if memory.subject:
            return memory.subject, memory.subject_from or "sentence"
        if self.section.subject:
            return self.section.subject, "section"
        return self.frame.owners.principal, "document"

    # --- names ------------------------------------------------------------------

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
            if owner or ends_with("body", earlier) or ends_with("group", earlier):
                reading.subject = self._counted_group(earlier) or owner or indicator_name(earlier)
                self._subject(reading.subject, "clause")
            elif not run:
                run = rest
        lead = strip_lead(run)
        if brings(run[: len(run) - len(lead)]) or (reading.subset and not self._is_known(lead)):
            return indicator_name(run)
        listed = reading.figure.kind == "count" and run.count("、") > 1
        owner, rest = ("", run) if listed else owners.split(strip_lead(run))
        if owner and not rest and reading.figure.kind == "count":
            return indicator_name(run)
        if owner:
            reading.subject = owner
            self._subject(owner, "clause")
            run = rest
        return indicator_name(run)

    def _is_known(self, run: str) -> bool:
        """Inside 其中 a body at the left end is part of the item's name, unless what follows it
        is a plain indicator."""
        owner, rest = self.frame.owners.split(run)
        return bool(owner) and (ends_with("extent", rest) or self.frame.knows(rest))

    def _note_verb(self, reading: Reading, run: str) -> None:
        bare = strip_light(run)
        reading.brings = brings(run) or self.memory.brings
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
        return (existing if existing in ("现有", "已有") else "") + self.text[begin:end] + counted.indicator

    # --- readings by shape ------------------------------------------------------

    def _read_criterion(self, reading: Reading, left: list[Token], after: str) -> None:
        name = self._owner_and_name(reading, left) or self.memory.criterion
        noun = counted_noun(after.lstrip(" 人民币"))
        self.memory.criterion = name
        reading.indicator = name or ("投资" if "项目" in noun else "规模")
        reading.subject = noun or "企业"

    def _read_named(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left and self._spread(reading, left):
            return
        _, run = self._run(left)
        noun = counted_noun(after)
        if noun and left and left[-1].kind == "N" and is_verb(run):
            self._note_verb(reading, run)
            reading.indicator = reading.noun = noun
            self._keep(reading)
            return
        name = self._owner_and_name(reading, left)
        if not name:
            self._read_inherited(reading, left, after)
            return
        if self.memory.criterion and name.startswith("的") is False and self._holds_criterion(left):
            name = self._with_criterion(name, left)
        reading.indicator = name
        self._keep(reading)

    def _holds_criterion(self, left: list[Token]) -> bool:
        return any(token.kind == "F" for token in left)

    def _with_criterion(self, name: str, left: list[Token]) -> str:
        """过1000万美元的企业 -> 年进出口过1000万美元的企业: the criterion's name carries on."""
        if left and left[0].kind in "BF" and self.memory.criterion not in name:
            first = next(t for t in left if t.kind in "BF")
            last = next(t for t in reversed(left) if t.kind in "NH")
            return indicator_name(self.memory.criterion + self.text[first.start : last.end])
        return name

    def _read_counted_after(self, reading: Reading, left: list[Token], after: str) -> None:
        noun = counted_noun(self._noun_text(reading, after))
        if not noun:
            self._read_named(reading, left, after)
            return
        earlier, run = self._run(left)
        self._note_verb(reading, run)
        lead = strip_lead(run)
        self._inventory(reading, run)
        if run.count("、") < 2:
            owner, _ = self.frame.owners.split(lead if lead else earlier)
            if owner:
                reading.subject = owner
                self._subject(owner, "clause")
        group = _GROUP.match(noun)
        if group and len(noun) - group.end() > 3:
            noun = reading.indicator = group[0]
            reading.subject = reading.subject or self._default_subject(False, noun)[0]
            reading.shape = "counted_after"
            self._subject(self._counted_group(noun, reading), "clause")
        reading.indicator = reading.noun = noun
        self._keep(reading)
        self._group_acts(reading, after)

    def _group_acts(self, reading: Reading, after: str) -> None:
        """全省35个开发区共实现…: what was counted is the subject of the verb after it."""
        rest = after.lstrip("的 　")[len(reading.noun) :]
        if _ACTS.match(rest) and (group := self._counted_group(reading.noun, reading)):
            self._subject(group, "clause")

    def _inventory(self, reading: Reading, run: str) -> None:
        """甲、乙、丙3个国家级开发区, 现有35个: what there is, whatever the passage plans."""
        if run.count("、") > 1 or run.rstrip().endswith(("现有", "已有", "现辖")):
            if reading.moment_from == "paragraph" or run.rstrip().endswith("有"):
                reading.moment, reading.moment_from = None, ""
            reading.inventory = True

    def _noun_text(self, reading: Reading, after: str) -> str:
        """The counted noun may come after an inner figure: 6个总投资40亿元的其他项目."""
        inner = re.match(r"[^，。；、]{0,8}?\d[\d.]*\S{1,4}?(?:以上|左右)?的", after)
        return after[inner.end() :] if inner else after

    def _read_capacity(self, reading: Reading, left: list[Token], after: str) -> None:
        earlier, run = self._run(left)
        made = re.search(rf"(?:{alternatives(words('names', 'made'))})$", run)
        noun = re.split(r"[，。；、]", after.lstrip("的"))[0]
        works = re.match(rf"(.*?)(?:{alternatives(words('names', 'works'))})", noun)
        owner, _ = self.frame.owners.split(strip_lead(run))
        noun = re.split(r"[及和与]\d", works[0] if works else noun)[0]
        reading.subject = (owner or self.memory.subject or "") + (noun if works else "")
        if made:
            reading.indicator = made[0] + (works[1] if works else noun)
        else:
            stored = works and re.search(rf"(?:{alternatives(words('names', 'store'))})", noun)
            reading.indicator = "库容" if stored else "产能"

    def _read_invested(self, reading: Reading, left: list[Token], after: str) -> None:
        reading.indicator = self._owner_and_name(reading, left)
        works = _works().match(after)
        if not reading.subject and works:
            named = re.sub(r"^[^\d]*?\d[\d.]*[^\d]{1,3}", "", works[0]) if re.search(r"\d", works[0]) else works[0]
            reading.subject = strip_lead(named)

    def _read_from(self, reading: Reading, left: list[Token], after: str) -> None:
        name = self._owner_and_name(reading, [t for t in left if t.kind not in "OT"])
        reading.indicator = name or self.memory.indicator
        self._keep(reading)

    def _read_to(self, reading: Reading, left: list[Token], after: str) -> None:
        before_verb = left[: max(i for i, t in enumerate(left) if t.kind == "U")]
        name = (
            self._owner_and_name(reading, before_verb)
            if any(t.kind == "N" for t in before_verb)
            else ""
        )
        noun = counted_noun(after)
        if reading.figure.kind in ("count", "people") and noun and not name:
            name = (self.memory.indicator + noun) if noun not in self.memory.indicator else ""
        reading.indicator = name or self.memory.indicator
        self._keep(reading)

    def _read_growth(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left or self.distributive:
            if self._spread(reading, left):
                return
        name = self._owner_and_name(reading, [t for t in left if t.kind not in "KYCDG"])
        if not name and reading.subject:
            name = next((t.text for t in left if t.kind in "KG" and t.text[-1] in "速率幅"), "")
        reading.indicator = name or self.memory.part or self.memory.indicator
        if name:
            self.memory.indicator, self.memory.part = name, ""

    def _read_change(self, reading: Reading, left: list[Token], after: str) -> None:
        self._read_growth(reading, left, after)

    def _read_multiple(self, reading: Reading, left: list[Token], after: str) -> None:
        if reading.moment_from == "figure":
            reading.base = reading.moment
            reading.moment, reading.moment_from = self.memory.moment, self.memory.moment_from
        self._read_growth(reading, left, after)

    def _read_gain(self, reading: Reading, left: list[Token], after: str) -> None:
        self._read_growth(reading, left, after)
        reading.indicator = reading.indicator or "位次"

    def _read_rank(self, reading: Reading, left: list[Token], after: str) -> None:
        name = self._owner_and_name(reading, left).split("中")[-1]
        reading.indicator = name if len(name) > 1 else "排名"

    def _read_share_of(self, reading: Reading, left: list[Token], after: str) -> None:
        at = max(i for i, token in enumerate(left) if token.kind in ("V" if "~" in reading.left else "S"))
        part = (
            self._owner_and_name(reading, left[:at])
            if any(t.kind == "N" for t in left[:at])
            else ""
        )
        whole_tokens = [t for t in left[at + 1 :] if t.kind in "N/()"]
        whole = self.text[whole_tokens[0].start : whole_tokens[-1].end] if whole_tokens else ""
        whole = indicator_name(whole)
        if not part:
            part = self.memory.indicator
        reading.indicator = f"{part}占{whole}比重" if whole else f"{part}占比"
        self.memory.part = part
        self.memory.levels.append((reading.subject, reading.indicator))

    def _read_share(self, reading: Reading, left: list[Token], after: str) -> None:
        if "D" in reading.left and self._spread(reading, left):
            return
        if "N" not in reading.left and "H" not in reading.left:
            reading.indicator = self.memory.indicator
            return
        reading.indicator = self._owner_and_name(reading, left) or self.memory.indicator
        self._keep(reading)

    def _read_inherited(self, reading: Reading, left: list[Token], after: str) -> None:
        if self.distributive:
            reading.indicator = self.distributive.pop(0)
            return
        reading.indicator = self.memory.topic or self.memory.indicator
        noun = counted_noun(after)
        if reading.figure.kind in ("count", "people") and noun:
            reading.indicator = noun

    def _keep(self, reading: Reading) -> None:
        self.memory.topic = ""
        self.memory.indicator, self.memory.part = reading.indicator, ""
        self.memory.levels.append((reading.subject, reading.indicator))

    def _next_of_spread(self, reading: Reading) -> Reading:
        """16.96%、17.82%: the next name of the list, read like the figure before."""
        before = self.readings[-1]
        return replace(before, figure=reading.figure, indicator=self.distributive.pop(0))

    def _spread(self, reading: Reading, left: list[Token]) -> bool:
        """A和B分别为x、y: one name for each figure, in order."""
        if not self.distributive:
            count = sum(
                1
                for t in self.tokens[self.clause :]
                if t.kind == "F" and t.start >= reading.figure.start
            )
            _, run = self._run([t for t in left if t.kind not in "KYCDG"])
            parts = [p for p in re.split(r"[、和与及]", strip_lead(run)) if p.strip()]
            if len(parts) == count and count > 1:
                self.distributive = [indicator_name(p) for p in parts]
            elif not run and len(self.memory.levels) >= count > 1:
                plain = [name for _, name in self.memory.levels if "占" not in name]
                self.distributive = plain[-count:]
        if not self.distributive:
            return False
        reading.indicator = self.distributive.pop(0)
        return True
