"""The reader of one sentence (读句): its tokens from left to right, figure by figure.

A clause is read with a small memory: the last subject, indicator, time and aim said in the
sentence, and in the paragraph. ``grammar.py`` tells the shape of each figure's surroundings; the
classes that this one builds on give each shape its roles, and ``meaning.py`` turns the roles into
the fields of a statement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hexi.plans.statements.comparisons import Comparison, compared_with, is_plan_value
from hexi.plans.statements.figures import Figure
from hexi.plans.statements.grammar import shape
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import ends_with, indicator_name, strip_lead
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.shapes import left_shape, right_shape
from hexi.plans.statements.tokens import Token
from hexi.plans.statements.works import Works

__all__ = ["SentenceReader"]

_CLASS = {
    "money": "m", "measure": "u", "count": "c", "people": "p",
    "percent": "%", "multiple": "x", "duration": "d", "rank": "r",
}  # fmt: skip
#: letters of the grammar for what a figure is compared with
_COMPARED = {"gap": "^", "change": "=", "done": "$"}
_COMPLETED = re.compile(alternatives(words("names", "completed")))
#: others expect it (世界贸易组织预计, 有机构估算)
_FORECASTS = re.compile(
    r"(?:组织|会议|机构|银行|智库|研究院|基金)[^，。]{0,20}?(?:预计|预测|估算|测算)"
)
_DONE = re.compile(r"已(?:建设|建成|有|经|形成|开工|完成|投产|签约|落地|设立|建|累计)|现有|现已")
#: what a sentence opens with that tells how things stand
_NOW = re.compile(r"[\s　]*(?:截至|截止)?(?:到)?(?:目前|当前|现阶段)")
_TOTAL = re.compile(r"累计|总共|共计|合计|共(?![同享建用和识产管])")
_PLANNED = re.compile("计划|目标|预期")


def _per_one(figure: Figure, left: list[Token]) -> Figure:
    """每亩350万元: per mu belongs to the unit, though it is not written there."""
    per = next((t for t in left if t.kind == "P"), None)
    if per is None or "/" in figure.unit:
        return figure
    flags = (*figure.flags, "per_one")
    return replace(figure, unit=f"{figure.unit}/{per.text}", flags=flags)


def _of_base(left: list[Token]) -> bool:
    """较2018年的第43位: what stands right after the year compared with is of it."""
    tail = [token.text.strip() for token in left[-2:]]
    kinds = [token.kind for token in left[-2:]]
    return kinds[-1:] == ["C"] or (kinds == ["C", "N"] and tail[-1] in ("的", "的第", "第"))


def _class_of(figure: Figure) -> str:
    """The figure's letter in the grammar; counts in ten thousands of machines are volumes."""
    if "structure" in figure.flags:
        return "s"
    machines = figure.kind == "count" and figure.unit[-1] in "台辆套" and len(figure.unit) > 1
    return "v" if machines else _CLASS[figure.kind]


class SentenceReader(Works):
    """One pass over the tokens of a sentence, from left to right."""

    def read(self) -> list[Reading]:
        """The readings of the sentence, in the order of their figures."""
        self._open()
        for index, token in enumerate(self.tokens):
            kind = token.kind
            if kind == "F":
                self._figure(index, token)
            elif kind in ",;":
                self._close_clause(index, kind)
            elif kind == "i":
                self._open_item(index)
            elif kind == "T":
                self._time(index, token)
            elif kind == "M":
                self._take_parts(index)
            elif kind == "/" and index and self.tokens[index - 1].kind in "Fb":
                self.clause = index + 1
            else:
                self._mark(token)
        return self.readings

    def _open(self) -> None:
        """What the memory of the paragraph leaves to a new sentence, and what its words set."""
        memory = self.memory
        goes_on = not self.frame.is_plan and not any(t.kind == "T" for t in self.tokens)
        memory.aim = memory.aim and goes_on
        memory.rule = memory.brings = memory.opens = memory.nurtures = False
        memory.criterion = memory.subject = memory.topic = memory.firms = ""
        memory.levels = []
        counts = any(token.kind == "F" for token in self.tokens)
        if counts and self.tokens[0].kind != "M":
            memory.group = ""
        memory.moment, memory.moment_from = memory.anchor, "paragraph" if memory.anchor else ""
        self.now = bool(_NOW.match(self.text, *self.span))
        memory.forecast = memory.forecast or bool(_FORECASTS.search(self.text, *self.span))
        self.terms = self._sets_terms()
        if self.terms:
            self._address(0)
        planned = any(t.kind == "A" or _PLANNED.search(t.text) for t in self.tokens)
        self.compared = not planned and any(t.kind == "Y" for t in self.tokens)

    def _mark(self, token: Token) -> None:
        """A word that rules what follows it: an aim, a forecast, a rule, a total."""
        memory, kind = self.memory, token.kind
        if kind == "A":
            last = self.readings[-1] if self.readings else None
            if last is None or not last.planned or token.start - last.figure.end > 1:
                # 超额完成年初确定的880亿元目标 states no aim
                memory.aim = True
        elif kind == "E":
            memory.forecast = True
        elif kind == "R":
            memory.rule = True
        elif kind == "N" and not self.completed:
            self.completed = bool(_COMPLETED.search(token.text))
            # what comes once works run is no sum over the years before
            self.cumulative = self.cumulative and not self.completed
        elif kind == "L":
            self.cumulative, self.carried, self.added = True, False, ""
            said = any(t.kind == "A" and t.end <= token.start for t in self.tokens[self.clause :])
            memory.aim = memory.aim and (said or self.frame.kind != "results")

    def _take_parts(self, index: int) -> None:
        """其中: what follows are parts of what was said before."""
        memory = self.memory
        self._note_group(index)
        self.whole_subject, self.whole = memory.subject, memory.indicator
        self.whole_count = memory.group or self._last_count()
        self.subset, self.parted, self.cumulative = True, True, False
        following = self.tokens[index + 1 : index + 2]
        self.itemised = bool(following) and following[0].text in ("：", ":")
        self.clause = index + 1

    def _close_clause(self, index: int, kind: str) -> None:
        """A comma or semicolon: what holds beyond it."""
        self._note_judgement(index)
        self._note_subject(index)
        self.clause = index + 1
        self.carried = self.cumulative
        if self.terms:
            self._address(index + 1)
        self.local = self.clause_moment = None
        self.distributive = []
        if kind == ";":
            self._close_item()

    def _close_item(self) -> None:
        memory = self.memory
        self.classed = ""
        self.base = None
        if self.around is not None:
            (memory.moment, memory.moment_from), self.around = self.around, None
        if self.subset:
            memory.subject = self.whole_subject
        elif len(self.named) > 1:
            # items with subjects of their own leave none to an item without
            memory.subject = ""
        self.subset = self.subset and self.itemised
        self.cumulative = memory.brings = memory.nurtures = memory.opens = False
        memory.group = ""

    def _open_item(self, index: int) -> None:
        """一是…；二是…: each begins anew, at the time that the list as a whole is of."""
        memory = self.memory
        self._close_item()
        self.clause, self.subset = index + 1, False
        if self.listed is None:
            self.listed = memory.moment, memory.moment_from, memory.subject, memory.aim
        memory.moment, memory.moment_from, memory.subject, memory.aim = self.listed

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
                opens = self.clause <= 2 or self.tokens[self.clause - 1].kind == ";"
                if owner and opens and (not self.readings or ends_with("industry", owner)):
                    self._subject(owner, "clause")
                self.memory.topic = indicator_name(rest) if clause[-1].kind == "G" else ""
                return

    def _figure(self, index: int, token: Token) -> None:
        figure = token.figure
        assert figure is not None
        if "range" in figure.flags and figure.bound == "ge":
            self.low = figure
            return
        left_tokens = self._left(index)
        figure = token.figure = _per_one(figure, left_tokens)
        left = left_shape(left_tokens)
        if figure.kind == "percent" and set("SH") & set(left) and not set("GYC") & set(left):
            # 比重每年不低于40%: the share of each year, no growth
            left = left.replace("K", "")
        told = self._compared(left_tokens, figure)
        if told is not None:
            left += _COMPARED[told.kind]
        right, after = self._right(index)
        reading = Reading(
            figure,
            shape(_class_of(figure), left, right),
            left=left,
            tokens=tuple(left_tokens),
            sentence=self.span,
            subset=self.subset,
        )
        reading.comparison = told
        self._context(reading, left_tokens, index)
        self._deadline(reading, index)
        reading.planned = is_plan_value(self.text, self.span[0], figure.start, after)
        if self.distributive and "N" not in left:
            reading = self._next_of_spread(reading)
            self.readings.append(reading)
            return
        if self._coordinates(reading, left):
            before = self.readings[-1]
            self.readings.append(replace(before, figure=figure, noun="", bounds=reading.bounds))
            return
        if self.terms:
            self._read_term(reading, left_tokens, after)
        else:
            getattr(self, f"_read_{reading.shape}")(reading, left_tokens, after)
        if not reading.subject:
            counts_group = reading.figure.kind == "count" and reading.indicator.endswith("项目")
            reading.subject, where = self._default_subject(
                (counts_group and reading.indicator != "项目") or "K" in left, reading.indicator
            )
            reading.why.append(("subject", where))
        self._note_rule_for_each(reading)
        self._note_arranged(reading)
        self._note_works(reading)
        if self.low is not None:
            self.readings.append(replace(reading, figure=self.low, bounds=()))
            self.low = None
        self.readings.append(reading)

    def _last_count(self) -> str:
        counts = (r.indicator for r in reversed(self.readings) if r.figure.kind == "count")
        return next(counts, "")

    def _compared(self, left: list[Token], figure: Figure) -> Comparison | None:
        """The gap or the plan that the clause before a figure compares it with."""
        if not left or figure.kind in ("multiple", "duration", "rank"):
            return None
        end = left[-1].end
        percent = figure.kind == "percent" and "百分点" not in figure.unit
        return compared_with(self.text, left[0].start, end, percent=percent)

    def _coordinates(self, reading: Reading, left: str) -> bool:
        """6%和8%: a bare percentage after another says the same of the next."""
        if reading.figure.kind != "percent" or left.strip("/") or not self.readings:
            return False
        if reading.shape == "structure":
            return False
        before = self.readings[-1].figure
        return before.kind == "percent" and reading.figure.start - before.end <= 2

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
        """Kinds after the figure, and the text up to the clause's end."""
        kinds: list[str] = []
        end = clause_end = self.span[1]
        begin = self.tokens[index].end
        following = self.tokens[index + 1 :]
        if following and following[0].kind == "b":
            begin = following[0].end
        for token in following:
            if token.kind in ",;":
                clause_end = token.start
                break
            if token.kind == "/" and end == self.span[1]:
                end = token.start
            if end == self.span[1]:
                kinds.append(token.kind)
        after = self.text[begin : min(end, clause_end)]
        listed = self.text[begin:clause_end].rstrip("。；！ ")
        return right_shape("".join(kinds), after, listed), after

    def _context(self, reading: Reading, left: list[Token], index: int) -> None:
        memory, figure_kind = self.memory, reading.figure.kind
        if self.local is not None:
            reading.moment, reading.moment_from = self.local, "figure"
            self.local = None
        elif self.clause_moment is not None:
            reading.moment, reading.moment_from = self.clause_moment, "figure"
        else:
            reading.moment, reading.moment_from = memory.moment, memory.moment_from
        said, now = self.span_said, reading.moment
        whole = said is not None and now is not None and said.first <= now.last <= said.last
        if whole and any(t.kind == "L" for t in left) and reading.moment_from != "figure":
            # “十三五”时期…2020年达到…；累计完成…: a sum is of the whole span
            reading.moment = said
        reading.aim, reading.forecast, reading.rule = memory.aim, memory.forecast, memory.rule
        if self.cumulative:
            self.added = self.added or figure_kind
        # 累计投入资金9.4亿元，新修道路18.5公里: a sum of money does not go on over works
        works = figure_kind in ("measure", "count") and self.added == "money"
        reading.cumulative = self.cumulative and not (self.carried and works)
        reading.carried = self.carried
        following = self.tokens[index + 1 : index + 2]
        reading.bounds = tuple(t.sense for t in following if t.kind == "b")
        if not reading.bounds:
            tail = len(left)
            while tail and left[tail - 1].kind not in "NHF":
                tail -= 1
            if "~" in reading.left:
                # 不得超过总用地面积的7%: the bound stands before the whole
                tail = max(0, tail - 2)
            reading.bounds = tuple(t.sense for t in left[tail:] if t.kind == "B")[-1:]
        reading.base = next((t.moment for t in left if t.kind == "C"), None)
        if reading.base is not None:
            self.base = reading.base
        elif reading.shape in ("growth", "gain") and not set("KYT") & set(reading.left):
            reading.base = self.base
        if reading.base is not None and _of_base(left):
            # 较2018年的第43位前移26位: the level of the year that is compared with
            reading.moment, reading.moment_from, reading.base = reading.base, "figure", None
        clause = self.text[left[0].start : left[-1].end] if left else ""
        reading.total = bool(_TOTAL.search(clause))
        reading.done = bool(_DONE.search(clause)) or (reading.subset and self.done) or self.now
        reading.completed = self.completed
        reading.compared = self.compared and not reading.aim
        reading.steady = any(t.kind == "V" and t.text.endswith("在") for t in left)
        reading.forbids = any(t.kind == "B" and t.text.startswith("不得") for t in left)
        reading.limit = any(t.kind == "B" and t.text.startswith("不") for t in left)
        self.done = reading.done
        if _DONE.search(clause) and not self.frame.is_plan:
            # 计划开工29个，已开工22个，开工率76%: from here on results are told
            memory.aim = reading.aim = False
        if any(t.kind == "G" and t.sense == "-" for t in left):
            reading.sign = -1
