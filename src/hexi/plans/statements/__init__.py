"""Statements (数量陈述): the figures of a document and everything it says about each."""

from hexi.plans.statements.extract import extract
from hexi.plans.statements.statement import Bound, Measure, Modality, Statement

__all__ = ["Bound", "Measure", "Modality", "Statement", "extract"]
