"""Figures of promotion (招商成效): a unit's months, the units below it, promptness, conversion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Min, Q, Sum

from hexi.portal.core.models import Person, Unit
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.projects.models import ProjectRecord, StageSpell
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.promotion.enquiry_clock import course, pipeline_stages
from hexi.portal.promotion.ledger import Ledger, ledger
from hexi.portal.promotion.models import Agreement, AgreementState, Enquiry, YearAim
from hexi.promotion.aims import Published, aims_of, published
from hexi.promotion.clocks import STEPS, Course
from hexi.promotion.figures import Aim, MonthLine, Promptness, funnel, promptness, year_lines
from hexi.promotion.funds import monthly

__all__ = [
    "COUNTED_ORIGINS",
    "Signed",
    "UnitYear",
    "aims",
    "conversion",
    "courses_of",
    "months",
    "prompt_lines",
    "published_of",
    "signed_in",
    "units_below",
    "within_reach",
    "years_of",
]

#: province-outside and foreign stand apart; what is local is left out by rule
COUNTED_ORIGINS: Final = tuple(origin for origin in ORIGINS if origin != "local")


@dataclass(frozen=True, slots=True)
class Signed:
    """Projects signed in a month."""

    month: int
    number: int
    #: yuan
    amount: int


@dataclass(frozen=True, slots=True)
class SignedProject:
    """One project with the day of its agreement, the path of its unit, and yuan."""

    day: date
    path: str
    amount: int


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit in a year so far; the columns of the report."""

    unit: Unit
    enquiries: int
    answered: Promptness
    signed: int
    signed_amount: int
    funded_projects: int
    line: MonthLine

    def value(self, column: str) -> int | float | None:
        """A column of the report by its id; money in yuan."""
        origin = self.line.to_date_by_origin
        return {
            "enquiries": self.enquiries,
            "answered_in_time": self.answered.share,
            "signed": self.signed,
            "signed_amount": self.signed_amount,
            "funded_projects": self.funded_projects,
            "funds_month": self.line.amount,
            "funds_outside": origin.get("province_outside", 0),
            "funds_foreign": origin.get("foreign", 0),
            "funds_year": self.line.to_date,
            "funds_growth": self.line.growth,
        }[column]


def within_reach(person: Person | None) -> list[Unit]:
    """Units whose figures the person may ask for: the own ones and those below."""
    if person is None:
        return []
    units = Unit.objects.filter(kind__in=("province", "city", "zone", "park"), until="")
    if not person.is_administrator:
        reach = Q(pk__in=())
        for path in person.scope_paths():
            reach |= Q(path__startswith=path)
        units = units.filter(reach)
    return list(units.order_by("order"))


def units_below(unit: Unit) -> list[Unit]:
    """Cities, zones and parks directly under a unit; without any, the unit alone."""
    below = Unit.objects.filter(parent=unit, until="", kind__in=("city", "zone", "park"))
    return list(below.order_by("order")) or [unit]


def aims(unit: Unit, year: int) -> list[Aim]:
    """What the office set, then what plans of the pack set."""
    own = YearAim.objects.filter(unit=unit, year=year).first()
    found = [Aim(year, own.amount, own.growth, own.source)] if own else []
    return [*found, *aims_of(current_pack(), unit.code, year)]


def published_of(unit: Unit, year: int) -> tuple[Published, ...]:
    """What newspapers and offices published of the unit's funds in place."""
    return published(current_pack(), unit.code, year)


def months(unit: Unit, year: int, until: int, aim: Aim | None = None) -> tuple[MonthLine, ...]:
    """The year month by month, counted from the ledger."""
    kept = ledger()
    return year_lines(
        monthly(*kept.part(kept.within(unit.path))), year, until, COUNTED_ORIGINS, aim
    )


def signed_projects(unit: Unit, year: int) -> list[SignedProject]:
    """Projects of a unit and those below that came to be signed in a year; each once."""
    spells: Any = StageSpell.objects.filter(
        stage="signed",
        project__unit__path__startswith=unit.path,
        project__merged_into=None,
        project__practice=False,
    )
    # who fell back into talks and signed again was signed the first time
    first = spells.values("project_id").annotate(day=Min("since")).filter(day__year=year)
    days = {one["project_id"]: one["day"] for one in first.order_by()}
    agreed = dict(
        Agreement.objects.filter(state=AgreementState.SIGNED, project__in=days)
        .values_list("project")
        .annotate(Sum("amount"))
        .order_by()
    )
    rows = ProjectRecord.objects.filter(pk__in=days).values_list("pk", "total", "unit__path")
    return [SignedProject(days[pk], path, agreed.get(pk) or total or 0) for pk, total, path in rows]


def signed_in(unit: Unit, year: int, until: int) -> list[Signed]:
    """Number and money by the month of the agreement."""
    found = signed_projects(unit, year)
    months_ = []
    for number in range(1, until + 1):
        mine = [one for one in found if one.day.month == number]
        months_.append(Signed(year * 100 + number, len(mine), sum(one.amount for one in mine)))
    return months_


def courses_of(unit: Unit, year: int, until: int) -> list[tuple[str, Course]]:
    """The clocks of the enquiries that came in from January to a month, with their units' paths."""
    rows = (
        Enquiry.objects.filter(
            unit__path__startswith=unit.path, received__year=year, received__month__lte=until
        )
        .select_related("project", "unit")
        .prefetch_related("steps")
    )
    return [(row.unit.path, course(row, row.steps.all())) for row in rows]


def prompt_lines(courses: Sequence[Course], today: date) -> list[Promptness]:
    """Every step of the clock over the enquiries of a year."""
    return [promptness(courses, step, today) for step in STEPS]


def conversion(unit: Unit, year: int) -> list[dict[str, Any]]:
    """Of the projects that became leads or talks in a year, how far each kind's have come.

    What came into the library later in its life was promoted elsewhere, or not at all.
    """
    book = stage_book()
    spells: Any = StageSpell.objects.filter(
        project__unit__path__startswith=unit.path,
        project__merged_into=None,
        project__practice=False,
    )
    talks = {*pipeline_stages()} - {"reserve"}
    promoted = spells.filter(stage__in=talks).order_by().values("project")
    begun_in_year = promoted.annotate(first=Min("since")).filter(first__year=year)
    rows = spells.filter(project__in=begun_in_year.values("project"))
    reached: dict[str, dict[int, set[str]]] = {}
    for kind, project, stage in rows.values_list("project__kind", "project_id", "stage"):
        reached.setdefault(kind, {}).setdefault(project, set()).add(stage)
    found = []
    for kind in book.kinds.values():
        if "signed" not in kind.stages or kind.id not in reached:
            continue
        # a reserve that nobody asked for is not yet in the pipeline
        order = [id for id in kind.stages if id != "reserve"]
        counts = funnel(reached[kind.id], order)
        begun = counts[order[0]]
        if not begun:
            continue
        found.append(
            {
                "kind": label_of(kind),
                "stages": [
                    {"label": label_of(book.stages[id]), "n": counts[id],
                     "share": counts[id] / begun * 100}
                    for id in order
                ],
            }
        )  # fmt: skip
    return found


def years_of(
    top: Unit, units: Sequence[Unit], year: int, until: int, today: date
) -> list[UnitYear]:
    """Lines of the report for units under ``top`` (or it), from what is read once for all."""
    kept = ledger()
    signed = [one for one in signed_projects(top, year) if one.day.month <= until]
    courses = courses_of(top, year, until)
    return [
        _unit_year(
            unit,
            (year, until, today),
            kept,
            [one for one in signed if one.path.startswith(unit.path)],
            [ran for path, ran in courses if path.startswith(unit.path)],
        )
        for unit in units
    ]


def _unit_year(
    unit: Unit,
    asked: tuple[int, int, date],
    kept: Ledger,
    signed: Sequence[SignedProject],
    courses: Sequence[Course],
) -> UnitYear:
    year, until, today = asked
    vouchers, counting = kept.part(kept.within(unit.path))
    lines = year_lines(monthly(vouchers, counting), year, until, COUNTED_ORIGINS)
    span = (year * 100 + 1 <= vouchers.month) & (vouchers.month <= year * 100 + until)
    return UnitYear(
        unit,
        len(courses),
        promptness(courses, "answer", today),
        len(signed),
        sum(one.amount for one in signed),
        len(set(vouchers.project[counting.counted & span].tolist())),
        lines[-1],
    )
