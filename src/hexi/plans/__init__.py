"""Plans (规划): documents read, statements extracted, the plan registered and audited."""

from hexi.plans.compiler import CompiledPlan, audit_together, compile_document, compile_plan

__all__ = ["CompiledPlan", "audit_together", "compile_document", "compile_plan"]
