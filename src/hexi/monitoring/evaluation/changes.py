"""Targets that were changed by act (目标调整情况): both versions, and on whose word."""

from __future__ import annotations

from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import Evidence, Paragraph, Said, Section, Sentence
from hexi.monitoring.evaluation.subject import Adjusted, Subject

__all__ = ["changes"]


def changes(subject: Subject, grounds: Grounds) -> Section | None:
    """目标调整情况; None where nothing was changed."""
    if not subject.adjusted:
        return None
    gone = sum(one.withdrawn for one in subject.adjusted)
    count = len(subject.adjusted) - gone
    if gone and not count:
        told = Said(f"规划执行中撤销目标{gone}项。", f"{gone} targets were withdrawn.")
    else:
        told = Said(
            f"规划执行中有{count}次目标调整，调整前后的目标均列出，原目标的完成情况仍按原数判定。"
            + (f"另撤销目标{gone}项。" if gone else ""),
            f"Targets were changed {count} times; both versions stand here, and what became of"
            " the original ones is still told by their own figures."
            + (f" {gone} more were withdrawn." if gone else ""),
        )
    sentences = [
        Sentence(
            "changes.count",
            told,
            tuple(_ground(one, grounds) for one in subject.adjusted),
        )
    ]
    for number, one in enumerate(subject.adjusted, 1):
        sentences.append(
            Sentence(
                f"changes.{one.target}.{number}",
                _told(one),
                (_ground(one, grounds),),
            )
        )
    return Section(
        "changes",
        Said("目标调整情况", "Targets that were changed"),
        (Paragraph("changes.text", tuple(sentences)),),
    )


def _told(one: Adjusted) -> Said:
    day = one.day.isoformat()
    if one.withdrawn:
        done, done_en = (
            f"{day}撤销（原为{one.before}）",
            f"withdrawn (it was {one.before}) on {day}",
        )
    else:
        done = f"{day}由{one.before}调整为{one.after}"
        done_en = f"changed from {one.before} to {one.after} on {day}"
    return Said(
        f"{one.name}：{done}，依据{one.authority}{one.document}，理由：{one.reason}。",
        f"{one.name}: {done_en} by {one.authority} {one.document}; reason: {one.reason}.",
    )


def _ground(one: Adjusted, grounds: Grounds) -> str:
    return grounds.keep(
        Evidence(
            f"adjustment:{one.target}:{one.day.isoformat()}:{one.document}",
            "adjustment",
            Said(f"{one.name}的调整", f"change of {one.name}"),
            f"{one.before} → {'撤销' if one.withdrawn else one.after}",
            f"{one.authority} {one.document}",
            one.target,
        )
    )
