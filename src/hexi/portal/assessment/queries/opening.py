"""Opening a run (打开考核): what of it a person may see, and what to do with it."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.assessment.result import Result
from hexi.portal.assessment.models import IN_FORCE, Assessed, AssessmentRun, RunState
from hexi.portal.assessment.said import either
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible

__all__ = [
    "computed_run",
    "crumbs_of",
    "history",
    "last_run",
    "may_on",
    "one_run",
    "own_run",
    "runs_it",
    "shown_result",
    "title_of",
]


def one_run(run_id: int, person: Person | None) -> AssessmentRun:
    """The run; NotFound where it is hidden."""
    run: AssessmentRun = one_visible(
        AssessmentRun.objects.select_related("unit", "base"), person, pk=run_id
    )
    return run


def own_run(run_id: int, person: Person | None) -> AssessmentRun:
    """The run for somebody inside the scope of who assesses; hidden from all others."""
    run = one_run(run_id, person)
    if not runs_it(person, run):
        raise NotFound
    return run


def computed_run(run_id: int, person: Person | None) -> AssessmentRun:
    """The same where there is a result; hidden while there is none."""
    run = own_run(run_id, person)
    if not run.result:
        raise NotFound
    return run


def runs_it(person: Person | None, run: AssessmentRun) -> bool:
    """Does the person's scope hold the unit that assesses?"""
    return person is not None and person.covers(run.unit.path)


def may_on(person: Person | None, run: AssessmentRun) -> dict[str, bool]:
    """Which steps the person may take now."""
    inside = person is not None and runs_it(person, run)
    edit = inside and person is not None and person.grants(Permission.EDIT)
    publish = inside and person is not None and person.grants(Permission.PUBLISH)
    own = not run.is_simulation
    return {
        "load": edit and own and not run.is_practice and run.is_open,
        "correct": edit and own and run.is_open and bool(run.data),
        "compute": edit and run.state == RunState.COLLECTING and bool(run.data),
        "review": edit and own and run.state == RunState.COMPUTED,
        "publish": publish and run.state == RunState.REVIEWED,
        "archive": publish and run.state == RunState.PUBLISHED,
        "amend": publish
        and run.state in IN_FORCE
        and not AssessmentRun.objects.filter(supersedes=run).exists(),
        "drop": edit and run.state in (RunState.COLLECTING, RunState.COMPUTED),
        "simulate": edit and own and bool(run.result),
        "answer": publish,
    }


def shown_result(run: AssessmentRun) -> Result:
    """The result with the names of the register in the reader's language, the sheet's elsewhere."""
    if get_language() != "en":
        return run.outcome
    rows = run.assessed.select_related("unit")
    english = {row.code: row.unit.name_en for row in rows if row.unit and row.unit.name_en}
    matrix = run.matrix
    pairs = zip(matrix.units, matrix.names, strict=True)
    names = tuple(english.get(code, name) for code, name in pairs)
    return replace(run.outcome, matrix=replace(matrix, names=names))


def title_of(run: AssessmentRun) -> str:
    """Its title in the reader's language."""
    return either(run.title, run.title_en)


def crumbs_of(run: AssessmentRun | None, *more: str) -> list[dict[str, str]]:
    """The way from the list to a page of the run, or to one that belongs to no run."""
    crumbs = [{"label": _("Assessment"), "url": reverse("assessments")}]
    if run is None:
        return crumbs + [{"label": label, "url": ""} for label in more]
    url = reverse("assessment-run", args=[run.pk])
    crumbs.append({"label": f"{title_of(run)} {run.year}", "url": url if more else ""})
    return crumbs + [{"label": label, "url": ""} for label in more]


def last_run(run: AssessmentRun) -> AssessmentRun | None:
    """The public run of the year before, of the same scheme and the same assessor."""
    return AssessmentRun.objects.filter(
        unit=run.unit_id, scheme_id=run.scheme_id, year=run.year - 1, kind=run.history_kind,
        state__in=IN_FORCE,
    ).first()  # fmt: skip


def history(run: AssessmentRun) -> dict[int, dict[str, Assessed]]:
    """Rows of every public run of the scheme up to this one, by year and unit, and of this one."""
    rows = Assessed.objects.filter(
        run__unit=run.unit_id, run__scheme_id=run.scheme_id, run__kind=run.history_kind,
        run__state__in=IN_FORCE, run__year__lt=run.year,
    ).select_related("run").defer("run__scheme", "run__data", "run__result")  # fmt: skip
    found: dict[int, dict[str, Assessed]] = {}
    for row in rows:
        found.setdefault(row.run.year, {})[row.code] = row
    found[run.year] = {row.code: row for row in run.assessed.all()}
    return dict(sorted(found.items()))
