"""Lists dealt out (依次分配): A和B分别为x、y gives each figure its own name, owner or year."""

from __future__ import annotations

import re
from dataclasses import replace

from hexi.plans.statements.names import ends_with, indicator_name, strip_lead
from hexi.plans.statements.reading import Reading
from hexi.plans.statements.sentence import SentenceState
from hexi.plans.statements.times import Moment
from hexi.plans.statements.tokens import Token

__all__ = ["Spread"]


#: what parallel names share at the end of the last
_MEASURED = re.compile(
    r"(?:产业|行业|业)?(?:总产值|产值|增加值|营业收入|销售收入|主营业务收入|利润|税收)$"
)


def _with_tail(parts: list[str]) -> list[str]:
    """第二产业、第三产业增加值: what the last of parallel names ends with is of all of them."""
    measured = _MEASURED.search(parts[-1])
    if measured and not any(ends_with("measured", part) for part in parts[:-1]):
        tail, bare = measured[0], measured[0].removeprefix("产业").removeprefix("行业")
        ends = [part + (bare if part.endswith("业") else tail) for part in parts[:-1]]
        return [*ends, parts[-1]]
    head = parts[0][-2:]
    at = parts[-1].rfind(head)
    tail = parts[-1][at + len(head) :] if at > 0 else ""
    if not tail or not all(part.endswith(head) for part in parts[:-1]):
        return parts
    return [*(part + tail for part in parts[:-1]), parts[-1]]


class Spread(SentenceState):
    """Figures told together, one for each of the names or years before them."""

    def _next_of_spread(self, reading: Reading) -> Reading:
        """16.96%、17.82%: the next of the list, read like the figure before."""
        reading = self._dealt(replace(self.readings[-1], figure=reading.figure))
        # each is a level of its own: 分别增长 deals them out again
        self.memory.levels.append((reading.subject, reading.indicator))
        return reading

    def _dealt(self, reading: Reading) -> Reading:
        subject, indicator, moment = self.distributive.pop(0)
        reading.subject = subject or reading.subject
        reading.indicator = indicator or reading.indicator
        if moment is not None:
            reading.moment, reading.moment_from, reading.of_year = moment, "figure", True
        return reading

    def _spread(self, reading: Reading, left: list[Token]) -> bool:
        """A和B分别为x、y: one name, owner or year for each figure, in order."""
        count = self._figures_ahead(reading)
        _, run = self._run([t for t in left if t.kind not in "KYCDGV"])
        at = next((i for i, t in enumerate(left) if t.kind == "D"), len(left))
        _, names = self._run([t for t in left[:at] if t.kind not in "KYCGV"])
        parts = [p for p in re.split(r"[、和与及]", strip_lead(names)) if p.strip()]
        moment = reading.moment
        if len(parts) == count > 1:
            parts = _with_tail(parts)
            owned = all(ends_with("body", p) or ends_with("place", p) for p in parts)
            what = indicator_name(self._run(left[at + 1 :])[1]) if owned else ""
            self.distributive = [
                (p, what, None) if owned else ("", indicator_name(p), None) for p in parts
            ]
        elif moment is not None and moment.last - moment.first + 1 == count > 1:
            years = range(moment.first, moment.last + 1)
            what = indicator_name(strip_lead(names) or run)
            self.distributive = [("", what, Moment(year, year)) for year in years]
        elif not names and len(self.memory.levels) >= count > 1:
            plain = [level for level in self.memory.levels if "占" not in level[1]]
            self.distributive = [(subject, name, None) for subject, name in plain[-count:]]
        if not self.distributive:
            return False
        if not reading.subject:
            owner, _ = self.frame.owners.split(self.distributive[0][1])
            if owner and len(self.distributive) == count and moment is not None:
                reading.subject = owner
        self._dealt(reading)
        self._keep(reading)
        return True

    def _figures_ahead(self, reading: Reading) -> int:
        """Figures from this one to the end of its clause."""
        count = 0
        for token in self.tokens[self.clause :]:
            if token.kind in ",;" and token.start > reading.figure.start:
                break
            count += token.kind == "F" and token.start >= reading.figure.start
        return count
