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
    count = len(subject.adjusted)
    sentences = [
        Sentence(
            "changes.count",
            Said(
                f"规划执行中有{count}次目标调整，调整前后的目标均列出，原目标的完成情况仍按原数判定。",
                f"Targets were changed {count} times; both versions stand here, and what became of"
                " the original ones is still told by their own figures.",
            ),
            tuple(_ground(one, grounds) for one in subject.adjusted),
        )
    ]
    for number, one in enumerate(subject.adjusted, 1):
        sentences.append(
            Sentence(
                f"changes.{one.target}.{number}",
                Said(
                    f"{one.name}：{one.day.isoformat()}由{one.before}调整为{one.after}，"
                    f"依据{one.authority}{one.document}，理由：{one.reason}。",
                    f"{one.name}: changed from {one.before} to {one.after} on"
                    f" {one.day.isoformat()} by {one.authority} {one.document}; reason:"
                    f" {one.reason}.",
                ),
                (_ground(one, grounds),),
            )
        )
    return Section(
        "changes",
        Said("目标调整情况", "Targets that were changed"),
        (Paragraph("changes.text", tuple(sentences)),),
    )


def _ground(one: Adjusted, grounds: Grounds) -> str:
    return grounds.keep(
        Evidence(
            f"adjustment:{one.target}:{one.day.isoformat()}:{one.document}",
            "adjustment",
            Said(f"{one.name}的调整", f"change of {one.name}"),
            f"{one.before} → {one.after}",
            f"{one.authority} {one.document}",
            one.target,
        )
    )
