"""Simulation (模拟测算页): a form of weights; the result stands beside the official one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.acts.simulate_run import simulate_run
from hexi.portal.assessment.queries.opening import computed_run, crumbs_of, may_on, title_of
from hexi.portal.assessment.said import assumptions, named
from hexi.portal.assessment.weights import fields_of
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, faults_of

__all__ = ["page"]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    """The form, and what becomes of it."""
    person = viewer(request)
    run = computed_run(run_id, person)
    if not may_on(person, run)["simulate"]:
        raise NotPermitted
    faults: list[dict[str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            made = simulate_run(run.pk, request.POST.dict(), by=person, at=timezone.now())
        except Refusal as refusal:
            if refusal.status not in SHOWN:
                raise
            faults, status = faults_of(refusal), refusal.status
        else:
            messages.success(request, _("The simulation was computed beside the official run."))
            return redirect("assessment-run", made.pk)
    context = {
        "title": _("What if the weights were others?"),
        "crumbs": crumbs_of(run, _("Simulation")),
        "run": run,
        "name": title_of(run),
        "blocks": _blocks(run.scheme_of, request.POST, faults),
        "assumptions": assumptions(run.scheme_of),
        "faults": faults,
    }
    return render(request, "hexi/assessment/simulation.html", context, status=status)


def _blocks(
    scheme: Scheme, sent: Mapping[str, str], faults: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """A table a group: members down, classes of units across, each fault beside its group."""
    blocks: dict[str, dict[str, Any]] = {}
    for one in fields_of(scheme):
        block = blocks.setdefault(
            one.group.id,
            {
                "id": one.group.id,
                "name": named(one.group.name),
                "total": "" if one.group.total is None else f"{one.group.total:g}",
                "classes": [],
                "rows": {},
                "faults": [],
            },
        )
        of_class = named(scheme.class_name(one.of_class))
        if of_class and of_class not in block["classes"]:
            block["classes"].append(of_class)
        name, weight = named(one.member.name), f"{one.weight:g}"
        value = sent.get(one.name, weight)
        places = {one.group.id, one.name}
        for fault in faults:
            if fault.get("place") in places and fault not in block["faults"]:
                block["faults"].append(fault)
        block["rows"].setdefault(one.member.id, {"name": name, "cells": []})["cells"].append(
            {
                "name": one.name,
                "label": f"{name} · {of_class}" if of_class else name,
                "weight": weight,
                "value": value,
                "changed": value.strip() != weight,
                "wrong": any(fault.get("place") == one.name for fault in faults),
            }
        )
    return [{**block, "rows": list(block["rows"].values())} for block in blocks.values()]
