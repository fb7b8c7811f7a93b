"""Keys of forms and rules (表式与规则的键): months and expressions besides what every table has."""

from __future__ import annotations

import re
from typing import Final

from hexi.catalogue.toml_keys import Keys
from hexi.statistics.language import Expression, ExpressionError, parse

__all__ = ["FormKeys"]

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class FormKeys(Keys):
    """One table of a form or of a file of rules."""

    def month(self, key: str, *, default: int | None = None) -> int:
        """A month written "2024-01", as YYYYMM."""
        text = self.text(key, required=default is None)
        written = _MONTH.fullmatch(text)
        if written:
            return int(written[1]) * 100 + int(written[2])
        if text or self.has(key):
            self.fault(key, "年月，如 2024-01", f"“{text}”", "a month such as 2024-01")
        return default or 0

    def expression(self, key: str, *, required: bool = False) -> Expression | None:
        """An expression of the language; None where there is none or it cannot be read."""
        source = self.text(key, required=required)
        if not source:
            return None
        try:
            return parse(source)
        except ExpressionError as error:
            found = error.source[error.at : error.at + 12] or "（结尾）"
            self.fault(
                key,
                f"可读的表达式（第 {error.at + 1} 列：{error.expected}）",
                f"“{found}”",
                f"an expression (column {error.at + 1}: {error.expected})",
            )
            return None
