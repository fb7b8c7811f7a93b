"""Faults in policy data (数据包缺陷): where a pack is wrong and what was expected there.

Policy is data that officials maintain, so a mistake in it must be reported the way a clerk would:
file, line, field, what should stand there, what stands there. All faults are gathered before the
pack is refused, so that one correction round is enough.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault", "PackError"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake at one place of a pack."""

    #: path inside the pack, with forward slashes
    file: str
    #: line in that file, counted from 1; 0 where the file as a whole is meant
    line: int
    #: column of the table or dotted key of the TOML file
    key: str
    expected: str
    found: str
    expected_en: str = ""

    def sentence(self, lang: str = "zh") -> str:
        """The fault as one line of a report."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        if lang == "zh":
            return f"{place} {self.key}：应为{self.expected}，实为{self.found}"
        return f"{place} {self.key}: expected {self.expected_en or self.expected}, got {self.found}"

    def as_record(self) -> dict[str, object]:
        """JSON-ready record."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "expected": self.expected,
            "expected_en": self.expected_en or self.expected,
            "found": self.found,
        }


class PackError(Exception):
    """A pack that cannot be used, with everything that is wrong in it."""

    def __init__(self, pack: str, faults: list[Fault]) -> None:
        self.pack = pack
        self.faults = sorted(faults)
        super().__init__(
            f"数据包 {pack} 有 {len(faults)} 处缺陷：\n"
            + "\n".join(fault.sentence() for fault in self.faults)
        )
