"""How often warnings were right (预警成效): false alarms and misses, and whether chances came true.

Counted on targets that are due and whose figure has been observed, among those one may see. A
warning counts as raised where one was raised before the due year was over, or where a position of
that time burned red.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import Against, EarlyWarning, Lamp, MonitoredTarget, Standing
from hexi.portal.scoreboard.queries.warning_lines import KINDS

__all__ = ["TrackRecord", "track_record_of"]

#: edges of the bands of chances
_BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
#: key under which red positions stand beside the kinds of warnings
_RED = "red_position"


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of warning."""

    kind: str
    raised: int
    judged: int
    right: int
    false: int
    rate: str


@dataclass(frozen=True, slots=True)
class BandLine:
    """Chances of one band, given before the due year was over."""

    band: str
    n: int
    mean: str
    share: str


@dataclass(slots=True)
class TrackRecord:
    """What the warnings of the past were worth."""

    judged: int = 0
    warned: int = 0
    false_alarms: int = 0
    misses: int = 0
    missed_targets: int = 0
    kinds: list[KindLine] = field(default_factory=list)
    calibration: list[BandLine] = field(default_factory=list)

    @property
    def false_alarm_rate(self) -> str:
        """Of the warned targets, those that were met all the same."""
        return _share(self.false_alarms, self.warned)

    @property
    def miss_rate(self) -> str:
        """Of the targets that were missed, those nobody was warned of."""
        return _share(self.misses, self.missed_targets)

    @property
    def title(self) -> str:
        if not self.judged:
            return _("No warning can be judged yet")
        return _("%(false)d of %(warned)d warnings were false alarms") % {
            "false": self.false_alarms,
            "warned": self.warned,
        }


def track_record_of(person: Person | None) -> TrackRecord:
    """Count over the targets that this person may see."""
    rows = MonitoredTarget.objects.visible_to(person).filter(lamp=Lamp.FINISHED, end__isnull=False)
    outcome = {
        pk: p >= 0.5
        for pk, p in rows.values_list("pk", "latest__p")
        if p is not None and p in (0.0, 1.0)
    }
    due = dict(rows.values_list("pk", "end"))
    raised: dict[str, set[int]] = defaultdict(set)
    for pk, kind, day in EarlyWarning.objects.filter(target__in=rows).values_list(
        "target", "kind", "as_of"
    ):
        if day.year <= due[pk]:
            raised[kind].add(pk)
    positions = [
        (pk, p, lamp)
        for pk, p, lamp, day in Standing.objects.filter(
            target__in=rows, against=Against.CURRENT
        ).values_list("target", "p", "lamp", "as_of")
        if pk in outcome and day.year <= due[pk]
    ]
    raised[_RED] = {pk for pk, _p, lamp in positions if lamp == Lamp.RED}
    warned = {pk for some in raised.values() for pk in some} & set(outcome)
    missed = {pk for pk, met in outcome.items() if not met}
    kept = TrackRecord(
        judged=len(outcome),
        warned=len(warned),
        false_alarms=len(warned - missed),
        misses=len(missed - warned),
        missed_targets=len(missed),
    )
    kept.kinds = [_kind(kind, some, outcome) for kind, some in sorted(raised.items()) if some]
    kept.calibration = _bands([(p, outcome[pk]) for pk, p, _lamp in positions if p is not None])
    return kept


def _kind(kind: str, raised: set[int], outcome: dict[int, bool]) -> KindLine:
    judged = raised & set(outcome)
    false = sum(outcome[pk] for pk in judged)
    label = _("A position burned red") if kind == _RED else words.label(KINDS, kind)
    return KindLine(
        label, len(raised), len(judged), len(judged) - false, false, _share(false, len(judged))
    )


def _bands(given: Iterable[tuple[float, bool]]) -> list[BandLine]:
    """Chances by band, and how many of them came true."""
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, met in given:
        found[min(int(p * (len(_BANDS) - 1)), len(_BANDS) - 2)].append((p, met))
    lines = []
    for band, some in sorted(found.items()):
        low, high = _BANDS[band], _BANDS[band + 1]
        lines.append(
            BandLine(
                band=f"{low:.0%}–{high:.0%}",
                n=len(some),
                mean=f"{sum(p for p, _met in some) / len(some):.0%}",
                share=f"{sum(met for _p, met in some) / len(some):.0%}",
            )
        )
    return lines


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""
