"""Roles by shape (角色): who, what and of what, for each shape that the grammar knows."""

from __future__ import annotations

import re

from hexi.plans.statements.changes import Changes
from hexi.plans.statements.lexicon import words
from hexi.plans.statements.names import counted_noun, ends_with, indicator_name, is_verb
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.tokens import Token

__all__ = ["Roles"]

#: 由甲集团投资: who pays is no part of what is paid
_BY_WHOM = re.compile(r"^由[^，,。；;]{2,14}?(?=投资|出资|投入|建设)")
#: the same in another unit (折合人民币, 合6.2亿美元)
_EQUALS = re.compile(r"(?:折合|约合)|合(?:人民币|美元)?$")
#: 发放养老服务补贴1.5亿元: a sum paid out is told like any other
_SIZED = re.compile(r"总?规模的([^，,。；;、]{2,})")
_WITHIN = re.compile(
    r"(?:以|之)?内((?:完成|办结|办理|答复|出具|作出|审结|审批|批复|拨付|兑现|反馈|受理|审核|核准|备案)[^，,。；;、]{0,12})"
)
_TO_WHOM = re.compile(r"对([^，,。；;]{2,40}?)(?:实行|实施|采取|开展|推行|予以|，|,)")
_FULFILLED = re.compile(r"(?:已经?|实际|累计|目前)*(?:完成|到位|实现|落实)")
_PLAN_WORD = re.compile(
    r"(?:年度|全年|年内|今年|当年|本年)?(?:计划|目标|任务|预期)(?:完成|实现|到位)?"
)
_MADE_LAND = re.compile(r"(?:其中)?(?:目前|现|已经?|累计|实际)*(建成|开发|建设|供应|利用|出让)")
_PAID = re.compile(r"发放|兑现|拨付|落实|争取|申请|到位|获得|获批|累计")


class Roles(Changes):
    """One method a shape; each sets subject and indicator of the reading it is given."""

    def _read_criterion(self, reading: Reading, left: list[Token], after: str) -> None:
        _, run = self._run(left)
        if self._read_part(reading, run, after):
            return
        name = "" if is_verb(run) else self._owner_and_name(reading, left)
        name = name or self.memory.criterion
        noun = counted_noun(after.lstrip(" 人民币"))
        self.memory.criterion = name
        reading.indicator = name or ("投资" if "项目" in noun else "规模")
        reading.subject = noun or "企业"

    def _read_named(self, reading: Reading, left: list[Token], after: str) -> None:
        if self._is_within(reading, after):
            return
        if "D" in reading.left and self._spread(reading, left):
            return
        sized = _SIZED.match(after) if reading.figure.kind == "money" else None
        if sized:
            # 50亿元规模的产业基金: the fund named after it is whose size it is
            reading.indicator, reading.subject = "规模", counted_noun(sized[1])
            return
        _, run = self._run(left)
        noun = counted_noun(after)
        if noun and left and left[-1].kind == "N" and is_verb(run):
            self._note_verb(reading, run)
            reading.indicator = reading.noun = noun
            self._keep(reading)
            return
        if reading.figure.kind == "money" and ends_with("grant", run) and not _PAID.search(run):
            reading.grants = True
            reading.indicator = noun or next(w for w in words("names", "grant") if run.endswith(w))
            return
        name = "" if reading.planned else self._owner_and_name(reading, left)
        if not name or _EQUALS.match(name) or self._is_done_part(reading, name):
            self._read_inherited(reading, left, after)
            return

        if name in words("words", "aspect") and self.memory.indicator and after[:1] != "的":
            name = self.memory.indicator
        if self.memory.criterion and name.startswith("的") is False and self._holds_criterion(left):
            name = self._with_criterion(name, left)
        if reading.figure.kind == "measure" and name in words("names", "part"):
            # 规划面积62平方公里，起步区12平方公里
            reading.indicator = name + "面积"
            return
        reading.indicator = _BY_WHOM.sub("", name) or name
        if (
            reading.figure.kind == "money"
            and after.startswith("的")
            and (ends_with("of_works", name) or name.endswith("规模"))
        ):
            # 总投资126亿元的冷链枢纽: the works named after it are whose volume it is
            reading.subject = counted_noun(after) or reading.subject
            if after.strip("的 ") == reading.subject and ends_with("works", reading.subject):
                # 总投资12亿元的甲项目、总投资6亿元的乙项目: the name belongs to the first
                reading.noun = reading.subject
        self._keep(reading)

    def _is_within(self, reading: Reading, after: str) -> bool:
        """30个工作日内完成审批: the time that a rule allows, of what it is allowed for."""
        figure = reading.figure
        done = _WITHIN.match(self.text, figure.end, min(figure.end + 24, self.span[1]))
        if figure.kind != "duration" or done is None:
            return False
        reading.within, reading.bounds = True, ("le",)
        reading.indicator = done[1] + "时间"
        whom = _TO_WHOM.search(self.text, max(self.span[0], figure.start - 60), figure.start)
        reading.subject = whom[1] if whom else ""
        return True

    def _is_done_part(self, reading: Reading, name: str) -> bool:
        """其中2023年建成20万平方米: a bare verb tells a part of what was named before."""
        return reading.subset and reading.figure.kind != "money" and is_verb(name)

    def _holds_criterion(self, left: list[Token]) -> bool:
        return any(token.kind == "F" for token in left)

    def _with_criterion(self, name: str, left: list[Token]) -> str:
        """过1000万美元的企业 -> 年进出口过1000万美元的企业: the criterion's name carries on."""
        if left and left[0].kind in "BF" and self.memory.criterion not in name:
            first = next(t for t in left if t.kind in "BF")
            last = next(t for t in reversed(left) if t.kind in "NH")
            return indicator_name(self.memory.criterion + self.text[first.start : last.end])
        return name

    def _read_inherited(self, reading: Reading, left: list[Token], after: str) -> None:
        if self._is_within(reading, after):
            return
        reading.indicator = self.memory.topic or self.memory.indicator
        clause = self.text[left[0].start : left[-1].end] if left else ""
        if _FULFILLED.fullmatch(clause) and "计划" in reading.indicator:
            # 年度计划投资10亿元，已完成8亿元: what was planned is what was done
            reading.indicator = "完成" + _PLAN_WORD.sub("", reading.indicator)
            reading.done = True
        made = _MADE_LAND.fullmatch(clause)
        if made and reading.figure.kind == "measure" and reading.indicator.endswith("面积"):
            # 核准面积62平方公里，已建成35平方公里
            reading.indicator = made[1] + "面积"
            return
        noun = counted_noun(after)
        if reading.figure.kind in ("count", "people") and noun:
            reading.indicator = noun
