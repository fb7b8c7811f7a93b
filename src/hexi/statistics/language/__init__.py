"""One language for rules of checking and definitions of indicators (规则与指标的表达式)."""

from hexi.statistics.language.nodes import Expression
from hexi.statistics.language.syntax import ExpressionError, parse

__all__ = ["Expression", "ExpressionError", "parse"]
