"""Audit (核算): the arithmetic of a plan, checked line by line, right ones listed too."""

from hexi.plans.audit.finding import Evidence, Finding, Rank, Verdict
from hexi.plans.audit.review import audit

__all__ = ["Evidence", "Finding", "Rank", "Verdict", "audit"]
