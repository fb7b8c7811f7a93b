"""Idle land and stalled projects on pages (闲置停滞页): the list, one project's evidence, steps."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.admission.acts.enter_land import enter_land
from hexi.portal.admission.acts.give_term import give_term
from hexi.portal.admission.acts.settle_case import settle_case
from hexi.portal.admission.acts.verify_case import verify_case
from hexi.portal.admission.models import LandGrant, Settlement, StalledCase
from hexi.portal.admission.queries.site_facts import site_facts
from hexi.portal.admission.queries.sites import sites_of
from hexi.portal.admission.queries.stalled import (
    CaseLine,
    CaseLines,
    case_lines,
    cases_of,
    states,
)
from hexi.portal.admission.rulebook import follow_up, lang
from hexi.portal.admission.views.asked import (
    day_or,
    day_read,
    money_read,
    number_read,
    parts_of,
)
from hexi.portal.admission.views.tabs import tabs
from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import FORMATS, long_table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Event
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require, viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.projects.money import in_unit

__all__ = ["export", "land", "one", "stalled", "step", "verify"]

_PAGE: Final = 50
_MOST_MU: Final = 1_000_000
_LAND: Final = ("contract", "given", "start", "end", "area", "price", "built", "reason")


@require_GET
def stalled(request: HttpRequest) -> HttpResponse:
    """Cases, those that nobody took up first."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    lines = case_lines(person, request.GET.dict(), day)
    part, pager = paged(request, lines, _PAGE)
    address, zh = request.GET.urlencode(), lang() == "zh"
    rules = [(rule.id, rule.title if zh else rule.title_en) for rule in follow_up().rules]
    context = {
        "title": _title(lines),
        "tabs": tabs(request, "admission-stalled"),
        "lines": part,
        "pager": pager,
        "states": choices(
            request, "state", [("", pgettext("stalled case", "Open")), *states().items()]
        ),
        "rules": choices(request, "rule", [("", _("All rules")), *rules]),
        "query": request.GET.get("q", ""),
        "day": day.isoformat(),
        "filtered": any(map(request.GET.get, ("q", "state", "rule", "unit"))),
        "exports": [
            {
                "label": s.upper(),
                "url": f"{reverse('admission-stalled-export', args=[s])}?{address}",
            }
            for s in FORMATS
        ],
    }
    page = "_stalled_rows.html" if by_htmx(request) else "stalled.html"
    return render(request, f"hexi/admission/{page}", context)


def _title(lines: CaseLines) -> str:
    certain = lines.certain
    if certain == len(lines):
        said = ngettext(
            "%(n)d site is idle or stalled by rule",
            "%(n)d sites are idle or stalled by rule",
            certain,
        )
        return said % {"n": certain}
    said = ngettext(
        "%(n)d site is idle or stalled by rule, %(k)d more is suspected",
        "%(n)d sites are idle or stalled by rule, %(k)d more are suspected",
        certain,
    )
    return said % {"n": certain, "k": len(lines) - certain}


@require_GET
def export(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The list as a file."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    day = day_or(request.GET.get("day"), timezone.localdate())
    head = [
        _("Project"),
        pgettext("admission", "Number"),
        pgettext("admission", "Unit"),
        _("Investor"),
        pgettext("admission", "Rule"),
        _("Certain"),
        pgettext("admission", "Since"),
        _("Months"),
        _("Why"),
        _("Law"),
        _("Next step"),
        _("Idle-land fee"),
        _("State"),
        _("Term"),
    ]
    rows = (
        [
            line.name,
            line.number,
            line.unit,
            line.investor,
            line.title,
            _("yes") if line.certain else _("suspected"),
            line.since,
            str(line.months),
            line.reason,
            line.law,
            line.step,
            line.fee,
            line.state_label,
            line.term,
        ]
        for line in case_lines(person, request.GET.dict(), day)
    )
    return long_table_response(suffix, f"stalled-{day}", _("Idle and stalled"), head, rows)


@require_GET
def one(request: HttpRequest, project_id: int) -> HttpResponse:
    """One project: facts, what the rules see, cases and their steps."""
    return _page(request, project_id)


def _project(request: HttpRequest, project_id: int) -> ProjectRecord:
    person = require(viewer(request), Permission.SEE_PROJECTS)
    rows = ProjectRecord.objects.inside(person).select_related("unit")
    found: ProjectRecord = one_visible(rows, person, pk=project_id)
    return found


def _page(request: HttpRequest, project_id: int, refusal: Refusal | None = None) -> HttpResponse:
    project, person = _project(request, project_id), viewer(request)
    assert person is not None
    today, zh = timezone.localdate(), lang() == "zh"
    lines = cases_of(person, project.pk, today)
    cases = list(StalledCase.objects.filter(project=project).prefetch_related("steps"))
    grant = LandGrant.objects.filter(project=project).first()
    sites = sites_of(person, [project.pk])
    inside = person.covers(project.unit_path)
    events = Event.objects.filter(
        object_type__in=("landgrant", "stalledcase"),
        object_id__in=[str(one.pk) for one in (*cases, *([grant] if grant else []))],
        object_name=project.called,
    )
    context: dict[str, Any] = {
        "title": _headline(project, lines),
        "crumbs": [
            {"label": _("Idle and stalled"), "url": reverse("admission-stalled")},
            {"label": project.called, "url": ""},
        ],
        "project": project,
        "unit": name_of(project.unit),
        "lines": lines,
        "facts": site_facts(sites[0]) if sites else [],
        "cases": [
            {
                "row": case,
                "rule": _rule_title(case.rule, zh),
                "reason": case.reason if zh else case.reason_en,
                "steps": list(case.steps.all()),
            }
            for case in cases
        ],
        "grant": grant,
        "land": _land_form(grant, request),
        "settlements": Settlement.choices,
        "can": {
            "supervise": inside and person.grants(Permission.SUPERVISE),
            "keep": inside and person.grants(Permission.KEEP_PROJECTS),
        },
        "faults": [part.as_record() for part in parts_of(refusal)],
        "sent": request.POST,
        "today": today.isoformat(),
        "events": event_lines(events),
    }
    status = refusal.status if refusal else 200
    return render(request, "hexi/admission/site.html", context, status=status)


def _land_form(grant: LandGrant | None, request: HttpRequest) -> dict[str, str]:
    """The form of the land: as it was sent, else as it stands."""
    if "contract" in request.POST:
        return {name: request.POST.get(name, "") for name in _LAND}
    if grant is None:
        return dict.fromkeys(_LAND, "")
    values = (
        grant.contract,
        grant.given,
        grant.agreed_start,
        grant.agreed_end,
        grant.area_mu,
        in_unit(grant.price),
        grant.built_percent,
        "",
    )
    return {
        name: "" if value is None else str(value) for name, value in zip(_LAND, values, strict=True)
    }


def _headline(project: ProjectRecord, lines: list[CaseLine]) -> str:
    still = [line for line in lines if line.state not in ("settled", "dismissed")]
    if not still:
        return _("%(project)s: no rule sees an open case") % {"project": project.called}
    return (
        f"{project.called}: {still[0].title}"
        if lang() == "en"
        else (f"{project.called}：{still[0].title}")
    )


def _rule_title(rule_id: str, zh: bool) -> str:
    rule = follow_up().rule(rule_id)
    return rule_id if rule is None else rule.title if zh else rule.title_en


@require_POST
def land(request: HttpRequest, project_id: int) -> HttpResponse:
    """Enter the land."""
    sent, project = request.POST, _project(request, project_id)
    try:
        given, start = day_read(sent.get("given"), "given"), day_read(sent.get("start"), "start")
        assert given is not None and start is not None
        enter_land(
            project.pk,
            given=given,
            contract=sent.get("contract", ""),
            agreed_start=start,
            agreed_end=day_read(sent.get("end"), "end", required=False),
            area_mu=number_read(sent.get("area"), "area", least=0, most=_MOST_MU, required=False),
            price=money_read(sent.get("price"), "price", required=False),
            built_percent=number_read(
                sent.get("built"), "built", least=0, most=100, required=False
            ),
            reason=sent.get("reason", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, project_id, refusal)
    messages.success(request, _("The land was entered."))
    return redirect("admission-site", project_id)


@require_POST
def verify(request: HttpRequest, project_id: int) -> HttpResponse:
    """Take a case up: upheld or not."""
    sent, project = request.POST, _project(request, project_id)
    try:
        day = day_read(sent.get("day"), "day")
        assert day is not None
        verify_case(
            project.pk,
            sent.get("family", ""),
            upheld=sent.get("upheld") == "yes",
            day=day,
            reason=sent.get("reason", ""),
            evidence=sent.get("evidence", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, project_id, refusal)
    messages.success(request, _("The finding was kept."))
    return redirect("admission-site", project_id)


@require_POST
def step(request: HttpRequest, project_id: int, case_id: int) -> HttpResponse:
    """Give a term, or settle."""
    sent, person, project = request.POST, viewer(request), _project(request, project_id)
    if not StalledCase.objects.filter(pk=case_id, project=project).exists():
        raise NotFound
    try:
        day = day_read(sent.get("day"), "day")
        assert day is not None
        said = {"reason": sent.get("reason", ""), "evidence": sent.get("evidence", "")}
        if sent.get("step") == "term":
            term = day_read(sent.get("term"), "term")
            assert term is not None
            give_term(case_id, term=term, day=day, by=person, at=timezone.now(), **said)
        else:
            settlement = sent.get("settlement", "")
            settle_case(case_id, settlement, day=day, by=person, at=timezone.now(), **said)
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        return _page(request, project_id, refusal)
    messages.success(request, _("The step was kept."))
    return redirect("admission-site", project_id)
