"""A registered plan as JSON (规划交换文件), as ``schema/plan.schema.json`` describes it."""

from __future__ import annotations

import json

from hexi.plans.register import Plan

__all__ = ["render"]


def render(plan: Plan) -> str:
    """The record, readable by people: indented, Chinese unescaped."""
    return json.dumps(plan.as_record(), ensure_ascii=False, indent=2) + "\n"
