"""Coverage of visits (走访覆盖): who was visited in the months that count, and who was not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["Coverage", "Host", "covered", "months_before"]


@dataclass(frozen=True, slots=True)
class Host:
    """A project or an enterprise that visits are paid to."""

    id: int
    name: str
    #: leader or officer who is to visit
    visitor: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far visits reach."""

    hosts: int
    visited: int
    #: those not visited since the day, never visited ones first, then the longest ago
    missing: tuple[Host, ...]

    @property
    def share(self) -> float | None:
        """Visited per cent; None where there is nobody to visit."""
        return 100 * self.visited / self.hosts if self.hosts else None


def covered(hosts: Iterable[Host], since: date) -> Coverage:
    """Coverage by visits paid on or after a day."""
    listed = list(hosts)
    missing = [host for host in listed if host.last is None or host.last < since]
    missing.sort(key=lambda host: (host.last or date.min, host.name, host.id))
    return Coverage(len(listed), len(listed) - len(missing), tuple(missing))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no day {months} months before {day}")
