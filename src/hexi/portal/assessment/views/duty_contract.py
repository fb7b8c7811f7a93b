"""One contract (目标责任书页): its tasks, facts and points, the steps on it, and its document."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.assessment.acts.add_matter import add_matter
from hexi.portal.assessment.acts.report_fact import report_fact
from hexi.portal.assessment.acts.save_contract import NewTask, save_contract
from hexi.portal.assessment.acts.sign_contract import sign_contract
from hexi.portal.assessment.acts.withdraw_matter import withdraw_matter
from hexi.portal.assessment.models import DutyContract
from hexi.portal.assessment.queries.duty_document import document_of
from hexi.portal.assessment.queries.duty_pages import contract_page
from hexi.portal.assessment.queries.opening import crumbs_of
from hexi.portal.core.exports import attachment
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible, viewer
from hexi.portal.core.views.steps import done

__all__ = ["document", "page", "step"]


def _contract(contract_id: int, person: Person | None) -> DutyContract:
    rows = DutyContract.objects.select_related("duty_year__unit", "holder", "person")
    found: DutyContract = one_visible(rows, person, pk=contract_id)
    return found


@require_GET
def page(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The contract."""
    return _show(request, _contract(contract_id, viewer(request)), [])


def _show(
    request: HttpRequest, contract: DutyContract, faults: list[dict[str, str]]
) -> HttpResponse:
    shown = contract_page(contract, viewer(request), timezone.localdate())
    year, line = contract.duty_year, shown["line"]
    if contract.is_draft:
        title = _("%(name)s %(year)d: draft of the contract")
    elif year.is_open:
        title = _("%(name)s %(year)d: %(score)s points so far")
    else:
        title = _("%(name)s %(year)d: %(score)s points, rank %(rank)s")
    gaps = {
        "name": shown["name"],
        "year": year.year,
        "score": line["score"],
        "rank": line["rank"],
    }
    label = f"{year.year} {year.get_kind_display()}"
    context = {
        **shown,
        "title": title % gaps,
        "crumbs": crumbs_of(None, _("Target responsibility"), label, shown["name"]),
        "contract": contract,
        "year": year,
        "faults": faults,
        "sent": request.POST,
    }
    return render(request, "hexi/assessment/duty_contract.html", context)


@require_POST
def step(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Save the draft, sign, report, enter or take back a matter."""
    sent, by, at = request.POST, viewer(request), timezone.now()
    steps: dict[str, tuple[Callable[[], Any], Any]] = {
        "save": (lambda: _save(contract_id, request, by), lazy("The draft was saved.")),
        "sign": (
            lambda: sign_contract(contract_id, by=by, at=at),
            lazy("The contract is signed; its holder sees it now."),
        ),
        "report": (
            lambda: report_fact(
                contract_id,
                _key(sent.get("task", "")),
                sent.get("value", ""),
                sent.get("evidence", ""),
                by=by,
                at=at,
            ),
            lazy("The figure was reported."),
        ),
        "matter": (
            lambda: add_matter(
                contract_id,
                sent.get("matter", ""),
                sent.get("evidence", ""),
                count=_count(sent.get("count", "1")),
                by=by,
                at=at,
            ),
            lazy("The matter was entered."),
        ),
        "withdraw": (
            lambda: withdraw_matter(
                contract_id, _key(sent.get("row", "")), sent.get("reason", ""), by=by, at=at
            ),
            lazy("The matter was taken back."),
        ),
    }
    if sent.get("step", "") not in steps:
        raise NotFound
    do, said = steps[sent["step"]]
    return done(
        request,
        do,
        said,
        lambda faults: _show(request, _contract(contract_id, by), faults),
        "duty-contract",
        contract_id,
    )


def _save(contract_id: int, request: HttpRequest, by: Person | None) -> None:
    sent = request.POST
    weights = {
        _key(name.removeprefix("weight-")): text
        for name, text in sent.items()
        if name.startswith("weight-") and isinstance(text, str)
    }
    added = []
    if sent.get("title", "").strip():
        added = [
            NewTask(
                sent.get("title", ""),
                sent.get("target", ""),
                sent.get("new-weight", ""),
                sent.get("unit", ""),
                sent.get("direction", "") == "down",
            )
        ]
    save_contract(
        contract_id,
        weights,
        remove=[_key(one) for one in sent.getlist("remove")],
        added=added,
        by=by,
        at=timezone.now(),
    )


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _count(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


@require_GET
def document(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The contract in Word."""
    contract = _contract(contract_id, viewer(request))
    content = document_of(contract)
    return attachment(content, f"hexi-contract-{contract.pk}.docx")
