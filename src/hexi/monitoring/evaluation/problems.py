"""What went wrong (存在的主要问题) with its figures, and what is left to people (对策建议)."""

from __future__ import annotations

from hexi.monitoring.evaluation.counting import of_status
from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import Blank, Paragraph, Said, Section, Sentence
from hexi.monitoring.evaluation.subject import Assessed, Subject
from hexi.monitoring.evaluation.wording import about, completion, name_of
from hexi.monitoring.verdicts import Status
from hexi.monitoring.verdicts.reach import percent
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["problems", "proposals"]


def problems(subject: Subject, grounds: Grounds) -> Section:
    """Missed targets, furthest off first; gaps in the data; definitions that changed."""
    inside = [
        section
        for section in (
            _missed(subject, grounds),
            _gaps(subject, grounds),
            _breaks(subject, grounds),
        )
        if section is not None
    ]
    return Section("problems", Said("存在的主要问题", "Problems"), (), tuple(inside))


def proposals(subject: Subject, grounds: Grounds) -> Section:
    """One question for each target that was missed, one for the data; the answers are people's."""
    blanks = [
        Blank(
            f"proposal.{one.target.id}",
            Said(
                f"针对“{name_of(one).zh}”未完成，提出原因分析和措施：",
                f"Causes and measures for “{name_of(one).en}”, which was missed:",
            ),
        )
        for one in _worst_first(subject)
    ]
    blanks.append(
        Blank(
            "proposal.general",
            Said("其他建议：", "Other proposals:"),
        )
    )
    return Section("proposals", Said("对策建议", "Proposals"), tuple(blanks))


def _worst_first(subject: Subject) -> list[Assessed]:
    missed = of_status(subject.targets, Status.MISSED)
    return sorted(missed, key=lambda one: (completion(one) is None, completion(one) or 0))


def _missed(subject: Subject, grounds: Grounds) -> Section | None:
    missed = _worst_first(subject)
    if not missed:
        return None
    sentences = []
    for one in missed:
        sentences.append(about(one, grounds))
        growth = one.verdict.growth
        if growth is not None and growth.observed.middle is not None:
            rate = percent(growth.observed.middle / 100)
            sentences.append(
                Sentence(
                    f"growth.{one.target.id}",
                    Said(
                        f"规划要求年均增长{growth.required.printed}%，按观测值计算年均为{rate}。",
                        f"The plan asks for {growth.required.printed}% a year; from what was"
                        f" observed it was {rate}.",
                    ),
                    grounds.used(one),
                )
            )
    return Section(
        "problems.missed",
        Said("未完成的目标", "Targets missed"),
        (Paragraph("problems.missed.text", tuple(sentences)),),
    )


def _gaps(subject: Subject, grounds: Grounds) -> Section | None:
    """Targets that were set and never measured in public: a plan nobody can hold to account."""
    unknown = of_status(subject.targets, Status.UNKNOWN)
    if not unknown:
        return None
    reasons: dict[str, list[Assessed]] = {}
    for one in unknown:
        reasons.setdefault(_main_reason(one).code, []).append(one)
    sentences = []
    for code, members in reasons.items():
        why = _main_reason(members[0])
        zh, en = _GENERAL.get(code, (why.text, why.text_en))
        ground = grounds.count(
            f"gap.{code}",
            Said("无法判定的目标数", "targets that cannot be told"),
            len(members),
            "附件“目标完成情况总表”",
        )
        sentences.append(
            Sentence(
                f"problems.gap.{code}",
                Said(f"{zh}的目标{len(members)}项。", f"{len(members)} targets: {en}."),
                (ground,),
            )
        )
    return Section(
        "problems.gaps",
        Said("数据缺口", "Gaps in the data"),
        (Paragraph("problems.gaps.text", tuple(sentences)),),
    )


_GENERAL = {
    "nothing_observed": ("没有任何公开观测值", "nothing was ever published"),
    "own_only": ("只有规划自身的数据、没有独立来源", "only the plan's own figures exist"),
    "no_value": ("目标期没有可比数据", "no comparable value of the target's period"),
    "no_deadline": ("没有写明完成年份", "the plan states no year"),
    "unrecognised": (
        "主体或指标未能对应到目录",
        "the unit or the indicator is not known to the catalogue",
    ),
}


def _main_reason(one: Assessed) -> Remark:
    """Why nothing can be told: the first reason that is more than the date."""
    reasons = [remark for remark in one.verdict.reasons if remark.code != "not_due"]
    return (reasons or list(one.verdict.reasons))[0]


def _breaks(subject: Subject, grounds: Grounds) -> Section | None:
    """Changes of definition that concern targets of the plan."""
    changes = {
        change.id: change
        for one in subject.targets
        for change in one.verdict.breaks
        if one.verdict.series
    }
    if not changes:
        return None
    sentences = tuple(
        Sentence(
            f"break.{change.id}",
            Said(f"{change.note}。", f"{change.note_en}."),
            (grounds.change(change),),
        )
        for change in changes.values()
    )
    return Section(
        "problems.breaks",
        Said("口径变动", "Changes of definition"),
        (Paragraph("problems.breaks.text", sentences),),
    )
