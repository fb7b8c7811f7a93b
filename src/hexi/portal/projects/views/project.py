"""One project (项目页): all that is known of it, and what there is to do next."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.files import path_of
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.projects.models import ProjectFile, ProjectRecord
from hexi.portal.projects.project_files import SHELF
from hexi.portal.projects.project_parts import parts_of
from hexi.portal.projects.queries import course, project_page, words
from hexi.portal.projects.queries.lines import holding
from hexi.portal.projects.queries.past_lamps import course_of_lamps
from hexi.portal.projects.queries.steps import allowed, sees_inside
from hexi.portal.projects.stagebook import stage_book

__all__ = ["crumbs_of", "file", "one_project", "page", "show"]

_WITH = ("unit", "leader", "steward", "plan", "batch", "merged_into", "reporting")
_EVENTS = 20


def one_project(request: HttpRequest, project_id: int) -> ProjectRecord:
    """The project of an address, as far as the reader sees it."""
    rows = ProjectRecord.objects.select_related(*_WITH)
    row: ProjectRecord = one_visible(rows, viewer(request), pk=project_id)
    return row


def crumbs_of(*last: str, row: ProjectRecord | None = None) -> list[dict[str, str]]:
    """The way to a page of a project."""
    way = [{"label": _("Project library"), "url": "/projects/"}]
    if row is not None and last:
        way.append({"label": row.called, "url": f"/projects/{row.pk}/"})
    return [*way, *({"label": label, "url": ""} for label in last)]


@require_GET
def page(request: HttpRequest, project_id: int) -> HttpResponse:
    """Everything that the reader may see of it."""
    return show(request, project_id, [])


def show(request: HttpRequest, project_id: int, faults: list[dict[str, str]]) -> HttpResponse:
    """The page, with what stood against a step that was tried on it."""
    person, today = viewer(request), timezone.localdate()
    row = one_project(request, project_id)
    inside = sees_inside(person, row)
    held = [(tag.tag, words.tag_label(tag.tag)) for tag in row.tags.filter(holding(today))]
    spells, plans = list(row.spells.order_by("since", "id")), list(row.year_plans.all())
    progress = list(row.progress.order_by("month")) if inside else []
    context: dict[str, Any] = {
        "title": row.called,
        "crumbs": crumbs_of(row.called),
        "row": row,
        "inside": inside,
        "headline": project_page.headline(row, inside=inside),
        "tags": [label for _tag, label in held],
        "tag_held": held,
        "tag_choices": words.choices_of(stage_book().tags),
        "way": project_page.way(row, spells),
        "history": project_page.history(spells, inside=inside),
        "dates": project_page.dates(row, today),
        "sources": project_page.sources(row) if inside else [],
        "facts": project_page.facts(row, inside=inside),
        "years": course.years(plans, progress, inside=inside),
        "year": today.year,
        "today": today.isoformat(),
        "may_do": allowed(person, row),
        "faults": faults,
    }
    if inside:
        lamps = course_of_lamps(row.lamps.order_by("month"), today)
        files = course.files_by_use(list(row.files.order_by("-id")))
        context |= {
            "months": course.months(row, progress, files),
            "files": [one for of, some in files.items() if of[:6] != "month:" for one in some],
            "photos": [one for some in files.values() for one in some if one.photo][:8],
            "chart": course.chart(plans, progress, today),
            "lamp_label": words.lamp_label(row.lamp) if row.lamp else "",
            "lamp_reasons": words.lamp_sentences(row.lamp_reasons),
            "lamp_course": lamps,
            "lamp_reasons_by_month": [line for line in reversed(lamps) if line.reasons],
            "parts": parts_of(request, row),
            "record": event_lines(_events(row)[:_EVENTS], person),
        }
    return render(request, "hexi/projects/project.html", context)


def _events(row: ProjectRecord) -> Any:
    return Event.objects.filter(object_type="projectrecord", object_id=str(row.pk))


@require_GET
def file(request: HttpRequest, project_id: int, file_id: int) -> HttpResponseBase:
    """A file of the project: photos are shown, papers saved."""
    row = one_project(request, project_id)
    found = ProjectFile.objects.filter(pk=file_id, project=row).first()
    if found is None or not sees_inside(viewer(request), row):
        raise NotFound
    path = path_of(found.digest, SHELF)
    if not path.is_file():
        raise NotFound
    photo = found.media_type.startswith("image/")
    response = FileResponse(
        path.open("rb"),
        as_attachment=not photo,
        filename=found.name,
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
