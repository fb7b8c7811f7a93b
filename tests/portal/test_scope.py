"""Scope (可见范围): every address under every role; nothing of a hidden plan leaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from hexi.portal.core.roles import GRANTS, Permission, Role
from hexi.portal.plans.models import FindingRow, PlanRow, StatementRow, TargetRow
from tests.portal.admission.addresses import ADMISSION
from tests.portal.assessment.addresses import ASSESSMENT
from tests.portal.breakdown.addresses import BREAKDOWN
from tests.portal.chains.addresses import CHAINS
from tests.portal.evaluations.addresses import EVALUATIONS
from tests.portal.office import INSIDE, OUTSIDE, STAFF, TITLE, WORKING, Office
from tests.portal.projects.addresses import PROJECTS
from tests.portal.promotion.addresses import PROMOTION
from tests.portal.returns.addresses import RETURNS
from tests.portal.scoreboard.addresses import SCOREBOARD
from tests.portal.supervision.addresses import SUPERVISION

EVERYBODY = (*(username for username, _, _ in STAFF), "")

#: pages of one plan: 200 inside the scope, 404 outside, with no difference to a missing plan
PRIVATE = {
    "plan": "/plans/{plan}/",
    "plan-text": "/plans/{plan}/text/?s={number}",
    "statement": "/plans/{plan}/statements/{number}/",
    "plan-export": "/plans/{plan}/export.json",
    "finding": "/findings/{finding}/",
    "document-file": "/documents/{document}/file/",
    "api:plan": "/api/plans/{plan}",
    "api:statements": "/api/plans/{plan}/statements",
    "api:statement": "/api/plans/{plan}/statements/{number}",
    "api:text": "/api/plans/{plan}/text",
    "api:target": "/api/targets/{target}",
    "api:finding": "/api/findings/{finding}",
    "api:reading": "/api/readings/{reading}",
}
#: pages that everybody may open and that must not name what is hidden
SHARED = {
    "overview": "/",
    "plans": "/plans/",
    "readings": "/plans/readings/",
    "targets": "/targets/",
    "targets-export": "/targets/export.csv",
    "findings": "/findings/?show=all",
    "findings-export": "/findings/export.json?show=all",
    "compare": "/compare/?left={plan}&right=1",
    "indicators": "/indicators/",
    "indicator": "/indicators/gdp/",
    "units": "/units/",
    "unit": "/units/lz-etdz/",
    "help": "/help/",
    "help-api": "/help/api/",
    "sign-in": "/sign-in/",
    "health": "/health/",
    "api:plans": "/api/plans",
    "api:targets": "/api/targets?limit=1000",
    "api:findings": "/api/findings?show=all&limit=1000",
    "api:overview": "/api/overview",
    "api:indicators": "/api/indicators",
    "api:indicator": "/api/indicators/gdp",
    "api:units": "/api/units",
    "api:me": "/api/me",
    "api:openapi-json": "/api/openapi.json",
}
#: pages of a permission: who has it
GUARDED = {
    "events": ("/events/", Permission.SEE_EVENTS),
    "people": ("/people/", Permission.MANAGE_PEOPLE),
    "person-new": ("/people/new/", Permission.MANAGE_PEOPLE),
    "person": ("/people/1/", Permission.MANAGE_PEOPLE),
    "upload": ("/plans/upload/", Permission.UPLOAD),
    "api:events": ("/api/events", Permission.SEE_EVENTS),
}
#: steps: tested by ACTS below, by the tests of log-in, or of the API
STEPS = {
    "change-plan": "/plans/{plan}/change/",
    "publish-plan": "/plans/{plan}/publish/",
    "delete-plan": "/plans/{plan}/delete/",
    "reread-document": "/documents/{document}/reread/",
    "remove-document": "/documents/{document}/remove/",
    "correct-statement": "/plans/{plan}/statements/{number}/correct/",
    "decide-finding": "/findings/{finding}/decide/",
}
#: pages of figures
FIGURES = (
    *("", "-export", "-cell", "-vintages", "-make", "-releases", "-preview", "-preview-file"),
    *("-note", "-note-withdraw"),
    *("-release-it", "-data", "-catalogue", "-latest", "-release", "-release-file"),
)
FORM = {
    "reason": "测试",
    "title": "新名称",
    "decision": "accept",
    "field": "subject",
    "value": "另一主体",
}
ELSEWHERE = {
    "account",
    *ADMISSION,
    *ASSESSMENT,
    *SUPERVISION,
    *CHAINS,
    *EVALUATIONS,
    *PROJECTS,
    *PROMOTION,
    # figures, in both spaces: tests/portal/figures
    "api:pivot",
    "api:structure",
    "api:releases",
    *(f"{space}{page}" for space in ("figures", "practice") for page in FIGURES),
    # filling in: tests/portal/returns/test_grid.py
    "return-grid",
    "grid-cells",
    "grid-check",
    "grid-explain",
    "grid-submit",
    # uploads: tests/portal/returns/test_batches.py
    "grid-template",
    "batches",
    "batch-list",
    "batch",
    "batch-progress",
    "batch-apply",
    "batch-result",
    "api:workbook_template",
    "api:uploads",
    "api:upload_batches",
    "api:one_batch",
    "api:batch_lines",
    "api:apply_one",
    "sign-in-link",
    "sign-out",
    "token-revoke",
    "unpublish-plan",
    "withdraw-correction",
    "api:api-root",
    "api:change",
    "api:publish",
    "api:unpublish",
    "api:delete",
    "api:comparison",
    "api:upload",
    "api:reread",
    "api:remove",
    "api:correct",
    "api:withdraw",
    "api:decide",
}


def address(template: str, office: Office) -> str:
    return template.format(
        plan=office.plan.pk,
        number=office.statement.number,
        target=TargetRow.objects.filter(plan=office.plan)[0].pk,
        finding=office.fault.pk,
        document=office.reading.document_id,
        reading=office.reading.pk,
    )


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, pattern.namespace or space)
        elif pattern.name:
            found.add(f"{space}:{pattern.name}" if space else pattern.name)
    return found


def test_every_address_stands_in_a_table_here() -> None:
    known = {*PRIVATE, *SHARED, *GUARDED, *STEPS, *ELSEWHERE, *RETURNS, *SCOREBOARD, *BREAKDOWN}
    assert names(get_resolver().url_patterns) - known == set()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", PRIVATE)
def test_a_private_page_is_there_only_inside_the_scope(page: str, who: str, office: Office) -> None:
    answer = office.client(who).get(address(PRIVATE[page], office))
    assert answer.status_code == (200 if who in INSIDE else 404)
    if who in OUTSIDE:
        assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", SHARED)
def test_a_shared_page_names_nothing_that_is_hidden(page: str, who: str, office: Office) -> None:
    answer = office.client(who).get(address(SHARED[page], office))
    assert answer.status_code == 200
    if who in OUTSIDE:
        assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", GUARDED)
def test_a_guarded_page_needs_the_permission(page: str, who: str, office: Office) -> None:
    url, permission = GUARDED[page]
    person = office.person(who)
    if page == "person":
        url = f"/people/{office.person('reader').pk}/"  # type: ignore[union-attr]
    answer = office.client(who).get(url)
    if person is not None and person.grants(permission):
        assert answer.status_code == 200
    elif person is None and not page.startswith("api:"):
        assert answer.status_code == 302 and answer.url.startswith("/sign-in/")  # type: ignore[attr-defined]
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_refused_outside_scope_and_role(step: str, who: str, office: Office) -> None:
    url = address(STEPS[step], office)
    before = office.events()
    answer = office.client(who).post(url, FORM)
    if who in WORKING:
        assert answer.status_code in (302, 200)
        assert office.events() == before + 1
    else:
        assert answer.status_code == (403 if who == "reader" else 404)
        assert office.events() == before


def test_counts_are_of_what_one_sees(office: Office) -> None:
    for who in EVERYBODY:
        counts = office.client(who).get("/api/overview").json()
        person = office.person(who)
        assert counts["plans"] == PlanRow.objects.visible_to(person).count()
        assert sum(counts["targets"].values()) == TargetRow.objects.visible_to(person).count()
        hidden = who in OUTSIDE
        for rows in (StatementRow.objects, FindingRow.objects):
            mine = rows.visible_to(person).filter(reading=office.reading)
            assert mine.exists() is not hidden


def test_publishing_opens_a_plan_to_everybody_and_withdrawing_closes_it(office: Office) -> None:
    page = f"/plans/{office.plan.pk}/"
    zone = office.client("zone")
    assert zone.post(f"{page}publish/").status_code == 302
    assert office.client("").get(page).status_code == 200
    assert zone.post(f"{page}unpublish/").status_code == 302
    assert office.client("").get(page).status_code == 404


def test_where_reading_is_not_public_the_unknown_visitor_sees_the_log_in(
    office: Office, settings: object
) -> None:
    settings.HEXI = replace(settings.HEXI, public_reading=False)  # type: ignore[attr-defined]
    for url in ("/", "/plans/", "/targets/", "/units/", "/help/"):
        answer = office.client("").get(url)
        assert answer.status_code == 302 and answer.url.startswith("/sign-in/")  # type: ignore[attr-defined]
    assert office.client("").get("/api/plans").status_code == 401
    assert office.client("stranger").get("/plans/").status_code == 200


def test_every_role_has_its_grants() -> None:
    assert set(GRANTS) == set(Role.values)
    seeing = {Permission.SEE_WARNINGS, Permission.SEE_PROJECTS}
    assert GRANTS[Role.READER] == seeing, "a reader changes nothing"
    assert all(Permission.MANAGE_PEOPLE not in GRANTS[r] for r in Role if r != "administrator")
