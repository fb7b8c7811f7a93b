"""Works (项目): what is counted first has what is told of it next.

A paper about the works of a year arranges so many of them, counts kinds of them, and tells of each
kind what was planned and what was done; a class of zones is counted and then told what is asked of
it; a rule says how many every one of a kind shall have.
"""

from __future__ import annotations

import re

from hexi.plans.statements.names import ends_with
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.times import Moment
from hexi.plans.statements.timing import Timing

__all__ = ["Works"]

#: groups of firms that statistics are told of
_FIRMS = ("规模以上", "规上", "限额以上", "限上")
_ARRANGES = re.compile(r"(?:安排|计划(?:实施|建设|推进)|排定|谋划实施|实施)(?:了)?[^，,。；;]*$")
#: kinds of works that are counted among those arranged
_KIND_OF_WORKS = re.compile(
    r"(?!.*(?:储备|签约|引进|招商|前期|谋划))[^，,。；;、]{0,12}(?:以上|重点|重大|列|类|级)[^，,。；;、]{0,6}项目"
)
#: 首批68个项目集中开工，总投资…: a batch has what is told next
_BATCH = re.compile(r"(?:首批|第[一二三四五六]批|[本此该]批|这批|这些|上述)$")
_KIND_COUNTED = re.compile(r"[^，,。；;、]{2,10}[型类](?:开发区|园区|企业|高新区|经开区)?")
_FOR_EACH = re.compile(
    r"(?:每(?:[个名家位座支]|(?![年月季天日周次]))|一[个名家位座])((?:[^，,。；;\d（(]{0,8}?(?:县|市|区|乡镇|街道|领导|干部|企业|园区|开发区|部门|单位|机构|平台|项目|专员|小组))(?:[（(][^）)]{1,12}[）)])?)"
)
_ASKED_OF_EACH = re.compile(r"不少于|不低于|不超过|不多于|至少|最多|原则上|一般|只|以内|以上|不得")
#: works by the stage they are at
_STAGE = re.compile(
    r"(?:新?开工|续建|新建|竣工|完工|投产|建成|计划新?开工|计划竣工)(?:投产|建设|投用)?(?:项目)?$"
)


class Works(Timing):
    """What counts leave behind for the figures after them."""

    def _deadline(self, reading: Reading, index: int) -> None:
        """其余10栋年底前交付: the day before which what was counted is to be done."""
        if reading.figure.kind != "count":
            return
        for token in self.tokens[index + 1 :]:
            if token.kind in "F,;/":
                return
            if token.kind == "T" and token.moment and token.text.endswith("前"):
                reading.moment, reading.moment_from = token.moment, "figure"
                reading.aim = True
                return

    def _note_rule_for_each(self, reading: Reading) -> None:
        """每名干部联系企业不少于2家, 原则上一个县保留1个: a rule for every one of a kind."""
        if reading.figure.kind not in ("count", "people") or reading.term:
            return
        begin = self.tokens[self.clause].start
        each = _FOR_EACH.search(self.text, begin, reading.figure.start)
        if each is None or reading.moment_from in ("figure",) or reading.shape == "criterion":
            return
        clause = self.text[begin : self.tokens[-1].end][: reading.figure.end - begin + 4]
        if _ASKED_OF_EACH.search(clause):
            reading.term, reading.subject = True, each[1]

    def _note_arranged(self, reading: Reading) -> None:
        """安排重点项目86个: the works of the year; those that are counted next are part of them."""
        memory, name, moment = self.memory, reading.indicator, reading.moment
        if not self.frame.of_works or reading.figure.kind != "count":
            return
        if reading.shape == "criterion":
            return
        clause = self.text[self.tokens[self.clause].start : reading.figure.start]
        works = name.endswith("项目")
        of_year = moment is not None and moment.last >= self.frame.clock.year
        if works and moment and of_year and _ARRANGES.search(clause) and not reading.done:
            memory.arranged = name, moment.last
            reading.arranged = True
        elif memory.arranged and works and _KIND_OF_WORKS.fullmatch(name) and not reading.done:
            reading.arranged = not _STAGE.match(name) and not reading.brings
            if reading.arranged and reading.moment_from == "paragraph":
                reading.moment = Moment(memory.arranged[1], memory.arranged[1])
                reading.moment_from = "sentence"
        apart = "的" in memory.group
        if memory.arranged and _STAGE.match(name) and self.frame.kind == "results" and not apart:
            reading.subject, memory.group = memory.arranged[0], ""

    def _note_works(self, reading: Reading) -> None:
        """Works that were counted, or that a figure was of, have what is told of them next."""
        memory, name = self.memory, reading.indicator
        if reading.figure.kind == "count" and name.endswith("项目"):
            first = _BATCH.search(reading.tokens[-1].text) if reading.tokens else None
            if name == "项目":
                memory.group = first[0] + name if first else memory.group
            else:
                memory.group = name
            after = self.text[reading.figure.end : reading.figure.end + len(name) + 1]
            if after == name + "中":
                # 去年签约的112个项目中，已开工85个: the works are taken apart
                said = [t.text for t in reading.tokens if t.kind in "TN"]
                memory.group = "".join(said) + name
            memory.works = memory.works if reading.subset else memory.group
        elif reading.figure.kind == "count" and name.endswith("企业") and name.startswith(_FIRMS):
            memory.firms = name
        elif reading.figure.kind == "count" and name.endswith("类") and memory.works:
            memory.group = name + "项目"
        elif (
            reading.figure.kind == "count" and _KIND_COUNTED.fullmatch(name) and not reading.subset
        ):
            # 引领型12个，研发投入强度…: what is asked of each class is told after its number
            self.classed = name
        elif ends_with("works", reading.subject) and not reading.subset:
            memory.works = reading.subject
