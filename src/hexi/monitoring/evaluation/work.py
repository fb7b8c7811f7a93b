"""What was to be done (重点任务、重点项目): each with its state, where somebody recorded one."""

from __future__ import annotations

from collections.abc import Sequence

from hexi.monitoring.evaluation.grounds import Grounds
from hexi.monitoring.evaluation.nouns import (
    Blank,
    Paragraph,
    Row,
    Said,
    Section,
    Sentence,
    Sheet,
)
from hexi.monitoring.evaluation.subject import Matter, Subject

__all__ = ["STATES", "work"]

STATES = (
    Said("已完成", "done"),
    Said("按计划推进", "on schedule"),
    Said("进度滞后", "behind"),
    Said("未启动", "not started"),
    Said("已调整或终止", "changed or ended"),
)
_ASK = Said("填写进展：", "state: ")


def work(subject: Subject, grounds: Grounds) -> Section:
    """重点任务和重大项目推进情况."""
    title = Said("重点任务和重大项目推进情况", "Tasks and key projects")
    if not subject.has_document:
        missing = Sentence(
            "work.no_document",
            Said(
                "规划文本未入库，无任务和项目清单；读入规划文本后逐项列出。",
                "The plan's document is not in the library, so there is no list of tasks and"
                " projects; read it in and they are listed here.",
            ),
        )
        return Section("work", title, (Paragraph("work.text", (missing,)),))
    inside = [
        section
        for section in (
            _matters("tasks", Said("重点任务", "Tasks"), "任务", "tasks", subject.tasks, grounds),
            _matters(
                "projects",
                Said("重大项目", "Key projects"),
                "项目",
                "projects",
                subject.projects,
                grounds,
            ),
        )
        if section is not None
    ]
    return Section("work", title, (), tuple(inside))


def _matters(
    key: str, title: Said, zh: str, en: str, matters: Sequence[Matter], grounds: Grounds
) -> Section | None:
    if not matters:
        return None
    recorded = [one for one in matters if one.state]
    ground = grounds.count(
        key, Said(f"{zh}数", f"number of {en}"), len(matters), f"“{title.zh}”清单"
    )
    first = Sentence(
        f"{key}.count",
        Said(
            f"规划列出{zh}{len(matters)}项，已记录进展{len(recorded)}项，"
            f"未记录{len(matters) - len(recorded)}项。",
            f"The plan lists {len(matters)} {en}; the state of {len(recorded)} is recorded,"
            f" of {len(matters) - len(recorded)} it is not.",
        ),
        (ground,),
    )
    rows = tuple(
        Row(
            one.key,
            (
                Said(one.name, one.name),
                Said(one.chapter, one.chapter),
                Said("、".join(one.bodies) or "—", ", ".join(one.bodies) or "—"),
                one.state or Said("", ""),
            ),
            (),
            None if one.state else Blank(f"{one.key}.state", _ASK, STATES),
        )
        for one in matters
    )
    sheet = Sheet(
        f"{key}.list",
        title,
        (
            Said("名称", "Name"),
            Said("章节", "Chapter"),
            Said("责任单位", "Responsible"),
            Said("进展", "State"),
        ),
        rows,
        (0.4, 0.22, 0.2, 0.18),
    )
    return Section(key, title, (Paragraph(f"{key}.text", (first,)), sheet))
