"""Writing an evaluation (评估报告编制): a pure function of the plan, the kind and the day."""

from __future__ import annotations

from datetime import date

from hexi.monitoring.evaluation.achievement import achievement, earlier_plan, overall
from hexi.monitoring.evaluation.annexes import all_targets
from hexi.monitoring.evaluation.changes import changes
from hexi.monitoring.evaluation.charts import answers_chart, course
from hexi.monitoring.evaluation.counting import of_status
from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import Chart, Evaluation, Kind, Said, Section
from hexi.monitoring.evaluation.problems import problems, proposals
from hexi.monitoring.evaluation.progress import progress
from hexi.monitoring.evaluation.subject import Subject
from hexi.monitoring.evaluation.work import work
from hexi.monitoring.verdicts import Status

__all__ = ["KINDS", "TooEarly", "compose"]

KINDS: dict[Kind, Said] = {
    "yearly": Said("年度评估报告", "Yearly evaluation"),
    "midterm": Said("中期评估报告", "Mid-term evaluation"),
    "final": Said("总结评估报告", "Final evaluation"),
}
#: a report with more charts than this is no longer read
_MOST_CHARTS = 8


class TooEarly(ValueError):
    """A final evaluation before the plan is over (规划期未满)."""

    def __init__(self, end: int) -> None:
        super().__init__(f"规划期到{end}年底，届满以后才能作总结评估；可作中期或年度评估")
        self.message_en = (
            f"the plan runs to the end of {end}; a final evaluation comes after that,"
            " a mid-term or yearly one can be made now"
        )


def compose(subject: Subject, kind: Kind, as_of: date) -> Evaluation:
    """The report on a plan as its targets were judged on the day ``as_of``.

    The same subject and day give the same report, sentence for sentence; what people fill in is
    laid over it by `hexi.monitoring.evaluation.keeping`. `TooEarly` for a final evaluation of a
    plan that is not over."""
    if kind == "final" and subject.end is not None and as_of.year <= subject.end:
        raise TooEarly(subject.end)
    grounds = Grounds()
    last = as_of.year - 1
    year = subject.end if kind == "final" and subject.end else min(subject.end or last, last)
    sections = [
        overall(subject, grounds),
        achievement(subject, grounds),
        progress(subject, year, grounds),
        changes(subject, grounds),
        _charts(subject, grounds),
        earlier_plan(subject, grounds),
        work(subject, grounds),
        problems(subject, grounds),
        proposals(subject, grounds),
        all_targets(subject, grounds),
    ]
    name = KINDS[kind]
    when = f"{year}年度" if kind == "yearly" else ""
    return Evaluation(
        kind=kind,
        plan=subject.id,
        title=Said(
            f"《{subject.title.zh}》{when}{name.zh.removeprefix('年度') if when else name.zh}",
            f"{name.en} of “{subject.title.en}”" + (f", {year}" if when else ""),
        ),
        owner=subject.owner,
        as_of=as_of,
        year=year,
        sections=tuple(section for section in sections if section is not None),
        evidence=grounds.all(),
    )


def _charts(subject: Subject, grounds: Grounds) -> Section | None:
    judged = of_status(subject.targets, Status.MISSED, Status.MET, Status.ON_THE_WAY)
    found: list[Chart] = [answers_chart(subject)] if judged else []
    for one in judged:
        chart = course(one, grounds)
        if chart is not None and len(found) < _MOST_CHARTS:
            found.append(chart)
    if not found:
        return None
    return Section("charts", Said("主要指标变化", "Course of the targets"), tuple(found))
