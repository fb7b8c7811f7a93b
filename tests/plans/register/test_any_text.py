"""Whatever text comes in, registering ends with a plan and every position is of a statement."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.documents import DocumentError
from hexi.plans.register import build_plan
from hexi.plans.statements import extract
from tests.plans.register.plan_text import TEXT
from tests.plans.statement_maker import document

_PIECES = [
    *TEXT.split("\n"),
    "专栏",
    "、、、",
    "（责任单位：",
    "：",
    "由负责",
    "\t",
    "第章",
    "1.",
    "《》",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=20), max_size=40))
def test_any_pile_of_lines_is_registered(lines: list[str]) -> None:
    try:
        doc = document("\n".join(lines))
    except DocumentError:
        return
    statements = extract(doc)
    plan = build_plan(doc, statements)
    positions = [i for t in plan.targets for i in (*t.evidence, *t.conflicts)]
    positions += [i for task in plan.tasks for i in task.statements]
    positions += [i for goal in plan.goals for i in goal.statements]
    assert all(0 <= i < len(statements) for i in positions)
    assert all(0 <= i < len(plan.targets) for table in plan.tables for i in table.targets)
    assert all(0 <= i < len(plan.bodies) for task in plan.tasks for i in task.bodies)
