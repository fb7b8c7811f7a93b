"""How often warnings were right (预警成效): false alarms and misses, and whether chances came true.

Counted on targets that are due and whose outcome is known, among those one may see. Beside the
warnings that were raised stand the positions that burned red while the target still ran: they are
there for the years before anybody was warned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hexi.monitoring.lamps import Claim, PastWarning, Rate, TrackRecord, calibration, track_record
from hexi.portal.core.models import Person
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import Against, EarlyWarning, Lamp, MonitoredTarget, Standing
from hexi.portal.scoreboard.queries.warning_lines import KINDS
from hexi.portal.scoreboard.queries.wording import percent

__all__ = ["Kept", "track_record_of"]

#: key under which red positions stand beside the kinds of warnings
_RED = "red_position"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, as a page shows it."""

    hits: int
    of: int
    share: str
    #: what so few cases leave open
    open: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of warning, or all of them."""

    kind: str
    false: Share
    missed: Share
    lead: str


@dataclass(frozen=True, slots=True)
class BandLine:
    """Chances of one band that were given while the target still ran."""

    band: str
    mean: str
    came: Share


@dataclass(slots=True)
class Kept:
    """What the warnings of the past were worth."""

    judged: int
    kinds: list[KindLine] = field(default_factory=list)
    bands: list[BandLine] = field(default_factory=list)

    @property
    def whole(self) -> KindLine | None:
        """All kinds together."""
        return self.kinds[0] if self.kinds else None

    @property
    def title(self) -> str:
        if not self.judged or self.whole is None:
            return _("No warning can be judged yet")
        return _("%(false)d of %(warned)d warned targets were met all the same") % {
            "false": self.whole.false.hits,
            "warned": self.whole.false.of,
        }


def track_record_of(person: Person | None) -> Kept:
    """Count over the targets that this person may see."""
    rows = MonitoredTarget.objects.visible_to(person).filter(
        lamp=Lamp.FINISHED, latest__grade__in=("met", "missed"), end__isnull=False
    )
    outcomes = {
        str(pk): (grade == "met", end)
        for pk, grade, end in rows.values_list("pk", "latest__grade", "end")
    }
    positions = Standing.objects.filter(target__in=rows, against=Against.CURRENT)
    seen = positions.values_list("target", "as_of", "lamp", "p")
    # what stood while the target still ran; after its year the figure is known
    running = [(str(pk), day, lamp, p) for pk, day, lamp, p in seen
               if day.year <= outcomes[str(pk)][1]]  # fmt: skip
    raised = EarlyWarning.objects.filter(target__in=rows)
    warnings = [
        *(PastWarning(str(pk), kind, day) for pk, kind, day in
          raised.values_list("target", "kind", "as_of")),
        *(PastWarning(pk, _RED, day) for pk, day, lamp, _p in running if lamp == Lamp.RED),
    ]  # fmt: skip
    claims = [(p, outcomes[pk][0]) for pk, _day, _lamp, p in running if p is not None]
    return Kept(
        judged=len(outcomes),
        kinds=[_kind(one) for one in track_record(warnings, outcomes)],
        bands=_bands(calibration(claims)),
    )


def _kind(one: TrackRecord) -> KindLine:
    label = _("All together")
    if one.kind:
        known = {**KINDS, _RED: _("A position burned red")}
        label = words.label(known, one.kind)
    months = "" if one.lead_months is None else f"{one.lead_months:g}"
    return KindLine(label, _share(one.false_alarms), _share(one.misses), months)


def _bands(claims: Iterable[Claim]) -> list[BandLine]:
    return [
        BandLine(f"{one.low:.0%}–{one.high:.0%}", percent(one.mean), _share(one.met))
        for one in claims
        if one.met.of
    ]


def _share(rate: Rate) -> Share:
    interval = rate.interval
    left_open = f"{interval[0]:.0%}–{interval[1]:.0%}" if interval else ""
    return Share(rate.hits, rate.of, percent(rate.share), left_open)
