"""The words that engines share (通用写法): hooks in standard SQL, which an engine overrides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["AnsiDialect"]


class AnsiDialect:
    """Standard SQL for every hook but the source of files."""

    name = "ansi"

    def files(self, paths: Sequence[str | Path]) -> str:
        """An engine says how it reads files; here there is only the empty set of facts."""
        if paths:
            raise ValueError(f"{self.name} reads no files")
        columns = (
            ("form", "smallint"),
            ("period", "int"),
            ("reporter", "int"),
            ("item", "smallint"),
            ("facet", "int"),
            ("value", "decimal(18,4)"),
            ("prior", "decimal(18,4)"),
            ("submission", "int"),
        )
        chosen = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in columns)
        return f"(select {chosen} where 1 = 0)"

    def sum_decimal(self, value: str) -> str:
        return f"cast(sum({value}) as decimal(38,4))"

    def sum_where(self, value: str, condition: str) -> str:
        return self.sum_decimal(f"case when {condition} then {value} end")

    def count_where(self, condition: str) -> str:
        return f"count(case when {condition} then 1 end)"

    def double(self, value: str) -> str:
        return f"cast({value} as double)"

    def bigint(self, value: str) -> str:
        return f"cast({value} as bigint)"

    def integer(self, value: str) -> str:
        return f"cast({value} as int)"

    def divide(self, dividend: str, divisor: str) -> str:
        return f"({self.double(dividend)} / nullif({self.double(divisor)}, 0))"

    def whole_divide(self, dividend: str, divisor: int) -> str:
        return f"cast(floor({dividend} / {divisor}) as int)"

    def modulo(self, dividend: str, divisor: int) -> str:
        return f"({dividend} % {divisor})"

    def text(self, value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    def decimal(self, value: str, digits: int, scale: int) -> str:
        return f"cast({value} as decimal({digits},{scale}))"

    def starts_with(self, text: str, start: str) -> str:
        return f"starts_with({text}, {start})"

    def median(self, value: str) -> str:
        return f"median({value})"
