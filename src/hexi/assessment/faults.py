"""Why a run was not made (考核不能进行): every fault at once, with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["AssessmentError", "Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and what."""

    #: item, group, unit or column
    place: str
    text: str
    text_en: str


class AssessmentError(ValueError):
    """A scheme or its data that cannot give a result."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{one.place}：{one.text}" for one in self.faults))

    @property
    def message_en(self) -> str:
        """The same in English."""
        return "; ".join(f"{one.place}: {one.text_en}" for one in self.faults)
