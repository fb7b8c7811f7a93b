"""How far the targets are on the day (进度与预测): against the path, and what may come of them.

Only for targets that are not due yet. The official schedule (时序进度) and the probability stand
side by side, because being on schedule is a weak forecast; what has to be kept up from here is
compounded, as mid-term reports of the state reckon it.
"""

from __future__ import annotations

from collections.abc import Sequence

from hexi.calendar import period as periods
from hexi.monitoring.evaluation.grounds import Grounds, aim
from hexi.monitoring.evaluation.nouns import (
    Evidence,
    Paragraph,
    Row,
    Said,
    Section,
    Sentence,
    Sheet,
)
from hexi.monitoring.evaluation.subject import Assessed, Subject
from hexi.monitoring.evaluation.wording import name_of
from hexi.monitoring.standing import Grade, Standing
from hexi.monitoring.verdicts.remarks import period_in_chinese

__all__ = ["GRADES", "progress"]

GRADES = {
    Grade.REACHED: Said("提前实现", "reached already"),
    Grade.AHEAD: Said("快于预期", "ahead"),
    Grade.ON_SCHEDULE: Said("基本符合预期", "on schedule"),
    Grade.BEHIND: Said("滞后", "behind"),
    Grade.UNKNOWN: Said("数据不足", "too little data"),
}


def progress(subject: Subject, year: int, grounds: Grounds) -> Section | None:
    """Position, schedule and probability of every target still to come; None where none is."""
    running = [one for one in subject.targets if one.standing and _last(one) > year]
    if not running:
        return None
    sentences = [_counted(running, grounds)]
    sentences += [
        _behind(one, one.standing, grounds)
        for one in running
        if one.standing and one.standing.grade is Grade.BEHIND
    ]
    known = [one for one in running if one.standing and one.standing.actual is not None]
    parts: list[Paragraph | Sheet] = [Paragraph("progress.text", tuple(sentences))]
    if known:
        parts.append(_sheet(known, grounds))
    return Section("progress", Said("目标进度与完成可能性", "Progress and outlook"), tuple(parts))


def _counted(running: Sequence[Assessed], grounds: Grounds) -> Sentence:
    counts = {
        grade: sum(one.standing is not None and one.standing.grade is grade for one in running)
        for grade in GRADES
    }
    ground = grounds.count(
        "running",
        Said("未到期目标数", "targets not due yet"),
        len(running),
        "附件“目标完成情况总表”",
    )
    return Sentence(
        "progress.count",
        Said(
            f"尚未到期的目标{len(running)}项："
            + "、".join(f"{GRADES[grade].zh}{number}项" for grade, number in counts.items())
            + "。",
            f"{len(running)} targets are not due yet: "
            + ", ".join(f"{number} {GRADES[grade].en}" for grade, number in counts.items())
            + ".",
        ),
        (ground, *(_ground(one, grounds) for one in running if one.standing)),
    )


def _behind(one: Assessed, standing: Standing, grounds: Grounds) -> Sentence:
    name = name_of(one)
    unit = one.target.measure_unit
    zh, en = (
        [f"{name.zh}：{period_in_chinese(standing.last_period)}为{_figure(standing.actual)}{unit}"],
        [f"{name.en}: {_figure(standing.actual)}{unit} in {standing.last_period}"],
    )
    if standing.expected is not None:
        zh.append(f"按路径应为{_figure(standing.expected)}{unit}")
        en.append(f"the path has {_figure(standing.expected)}{unit}")
    if standing.required_rate is not None:
        rate = "%" if standing.rate == "compound" else unit
        zh.append(
            f"今后须年均{'增长' if rate == '%' else '增加'}{_figure(standing.required_rate)}{rate}"
        )
        en.append(f"{_figure(standing.required_rate)}{rate} a year are needed from now on")
        if standing.past_rate is not None:
            zh.append(f"此前年均为{_figure(standing.past_rate)}{rate}")
            en.append(f"so far it was {_figure(standing.past_rate)}{rate}")
    if standing.p is not None:
        zh.append(f"按期完成的概率约{_percent(standing.p)}")
        en.append(f"the probability of meeting it is about {_percent(standing.p)}")
    return Sentence(
        f"progress.{one.target.id}",
        Said("，".join(zh) + "。", ", ".join(en) + "."),
        (grounds.target(one), _ground(one, grounds)),
    )


def _sheet(known: Sequence[Assessed], grounds: Grounds) -> Sheet:
    rows = []
    for one in known:
        standing = one.standing
        if standing is None:
            continue
        official = standing.official
        due = f"{_percent(official.done)} / {_percent(official.due)}" if official else "—"
        rows.append(
            Row(
                f"progress.{one.target.id}",
                (
                    name_of(one),
                    aim(one),
                    _said(f"{_figure(standing.actual)}（{standing.last_period}）"),
                    _said(_figure(standing.expected)),
                    _said(due),
                    _said(_percent(standing.p)),
                    GRADES[standing.grade],
                ),
                (grounds.target(one), _ground(one, grounds)),
            )
        )
    return Sheet(
        "progress.targets",
        Said("未到期目标进度", "Targets not due yet"),
        (
            Said("指标", "Indicator"),
            Said("目标", "Aim"),
            Said("实际", "Observed"),
            Said("路径应达", "Path"),
            Said("已完成/应完成", "Done / due"),
            Said("完成概率", "Probability"),
            Said("进度", "Progress"),
        ),
        tuple(rows),
        (0.28, 0.13, 0.16, 0.11, 0.13, 0.09, 0.1),
        (1, 2, 3, 4, 5),
    )


def _ground(one: Assessed, grounds: Grounds) -> str:
    """The position itself: its method and the day, with the page that shows how it came about."""
    standing = one.standing
    if standing is None:
        return grounds.target(one)
    name = name_of(one)
    return grounds.keep(
        Evidence(
            f"standing:{one.target.id}",
            "standing",
            Said(f"{name.zh}的进度测算", f"position of {name.en}"),
            _figure(standing.actual),
            f"{standing.as_of.isoformat()} {standing.method}",
            one.target.id,
        )
    )


def _last(one: Assessed) -> int:
    return periods.parse(one.target.period).last_year if one.target.period else 0


def _figure(value: float | None) -> str:
    """At most four figures that mean something."""
    if value is None:
        return "—"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return f"{value:,.{digits}f}".replace("-", "−")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.0f}%".replace("-", "−")


def _said(text: str) -> Said:
    return Said(text, text)
