"""What an engine offers (引擎接口): stages made from SQL, small tables, answers as Arrow.

The text of a stage is one for all engines. Where they differ in words, the text is written with a
hook of the engine's :class:`Dialect`; there are a dozen, and an engine is those plus a connection.
Rules that every hook keeps: null stays null, a division by zero is null, sums of decimals are
exact, rounding is half away from zero and the same bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

__all__ = ["Dialect", "Engine"]


class Dialect(Protocol):
    """How an engine writes what SQL dialects write differently; all take and give SQL text."""

    #: name of the engine: duckdb, spark, clickhouse
    name: str

    def files(self, paths: Sequence[str | Path]) -> str:
        """Something to stand after FROM: the rows of Parquet segments; of none too."""

    def sum_decimal(self, value: str) -> str:
        """Exact sum of DECIMAL(18,4) as DECIMAL(38,4); null over nothing."""

    def sum_where(self, value: str, condition: str) -> str:
        """The same over the rows where a condition is true."""

    def count_where(self, condition: str) -> str:
        """BIGINT count of rows where a condition is true; 0 over nothing."""

    def double(self, value: str) -> str:
        """A number as DOUBLE."""

    def bigint(self, value: str) -> str:
        """A whole number as BIGINT."""

    def integer(self, value: str) -> str:
        """A whole number as 32-bit INTEGER."""

    def divide(self, dividend: str, divisor: str) -> str:
        """DOUBLE quotient of two numbers; null where the divisor is 0 or null."""

    def whole_divide(self, dividend: str, divisor: int) -> str:
        """Whole quotient of a whole number that is not negative: the year of YYYYMM is by 100."""

    def modulo(self, dividend: str, divisor: int) -> str:
        """Remainder of a whole number that is not negative."""

    def text(self, value: str) -> str:
        """A string literal."""

    def decimal(self, value: str, digits: int, scale: int) -> str:
        """A number, or the text of one, as a decimal with room for at least so many digits.

        Sums and products of such decimals are exact as long as 38 digits hold them.
        """

    def starts_with(self, text: str, start: str) -> str:
        """Whether a text begins with another; null where one is."""

    def median(self, value: str) -> str:
        """Aggregate: the middle DOUBLE, or the mean of the two in the middle."""


class Engine(Protocol):
    """An open engine. Stages and tables live as long as it does."""

    @property
    def dialect(self) -> Dialect:
        """How this engine's SQL is written."""

    def register(self, name: str, table: pa.Table) -> None:
        """Make a small Arrow table (of the register) readable by name; replaces one of the name."""

    def stage(self, name: str, sql: str) -> None:
        """Keep the answer of a query under a name, computed now and once; replaces one."""

    def fetch(self, sql: str) -> pa.Table:
        """The answer of a query as Arrow."""

    def drop(self, name: str) -> None:
        """Let go of a stage or table; nothing happens where there is none."""

    def close(self) -> None:
        """End the engine and free what it holds."""
