"""Import of a register (名录导入): upload, look at what would change, apply, undo.

The pages are those of every register; an address says of which.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.lists import choices, paged
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done, faults_of
from hexi.portal.returns.acts.apply_import import apply_import
from hexi.portal.returns.acts.prepare_import import prepare_import
from hexi.portal.returns.acts.undo_import import undo_import
from hexi.portal.returns.models import ImportState, RegisterImport
from hexi.portal.returns.queries.imports import LINES, may_work_on, one_import
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.registers.import_plan import KINDS
from hexi.portal.returns.registers.kinds import Register, register_of

__all__ = ["KIND_LABELS", "apply", "preview", "undo", "upload"]

KIND_LABELS = {
    "new": lazy("New"),
    "changed": lazy("Changed"),
    "unchanged": lazy("Unchanged"),
    "refused": lazy("Refused"),
}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file; what it would change is shown next."""
    register = register_of(kind)
    person = require(viewer(request), register.permission)
    faults: list[dict[str, str]] = []
    file = request.FILES.get("file")
    if request.method == "POST":
        try:
            for refused in getattr(request, "hexi_refused", ()):
                raise refused
            if file is None:
                raise Refusal("no_file", _("No file was sent."), _("Choose a file."))
            made = prepare_import(
                file.read(), file.name or "", by=person, at=timezone.now(), kind=kind
            )
            return redirect(f"{register.stem}-register-import", made.pk)
        except Refusal as refusal:
            faults = faults_of(refusal)
    context = {
        "title": register.words.title,
        "crumbs": _crumbs(register, _("Import")),
        "fields": list(register.heads.labels.values()),
        "template_url": reverse(f"{register.stem}-template"),
        "list_url": register.list_url,
        "hint": register.words.hint,
        "faults": faults,
    }
    return render(request, "hexi/enterprises/import.html", context, status=422 if faults else 200)


@require_GET
def preview(request: HttpRequest, import_id: int, kind: str) -> HttpResponse:
    """What the file would change, or has changed."""
    return _show(request, import_id, kind, [])


def _show(
    request: HttpRequest, import_id: int, kind: str, faults: list[dict[str, str]]
) -> HttpResponse:
    register = register_of(kind)
    person = require(viewer(request), register.permission)
    row = one_import(import_id, kind, person)
    if row is None:
        raise NotFound
    mine = may_work_on(row, person)
    wanted = request.GET.get("kind", "")
    lines = [
        (at, line) for at, line in enumerate(row.lines) if not wanted or line["kind"] == wanted
    ]
    part, pager = paged(request, lines, LINES)
    total = len(row.lines)
    kinds = [(k, str(KIND_LABELS[k]), row.counts.get(k, 0)) for k in KINDS]
    context = {
        "title": headline(row),
        "crumbs": _crumbs(register, row.name),
        "row": row,
        "state": row.get_state_display(),
        "at": moment(row.at),
        "applied_at": moment(row.applied_at),
        "kinds": choices(request, "kind", [("", _("All"), total), *kinds]),
        "lines": [_line(at, line, register) for at, line in part],
        "apply_url": reverse(f"{register.stem}-import-apply", args=[row.pk]),
        "undo_url": reverse(f"{register.stem}-import-undo", args=[row.pk]),
        "upload_url": reverse(f"{register.stem}-import"),
        "thing": register.words.thing,
        "pager": pager,
        "may_apply": mine
        and row.state == ImportState.PREPARED
        and row.counts.get("new", 0) + row.counts.get("changed", 0) > 0,
        "may_undo": mine and row.state == ImportState.APPLIED,
        "faults": faults,
    }
    return render(request, "hexi/enterprises/preview.html", context)


def headline(row: RegisterImport) -> str:
    """What the import does or did, in one sentence."""
    gaps = {kind: row.counts.get(kind, 0) for kind in KINDS}
    if row.state == ImportState.APPLIED:
        return _("Imported: %(new)d new, %(changed)d changed") % gaps
    if row.state == ImportState.UNDONE:
        return _("This import was undone")
    return _("%(new)d new, %(changed)d changed, %(refused)d refused") % gaps


def _line(at: int, line: dict[str, Any], register: Register) -> dict[str, Any]:
    labels = register.heads.labels
    changes = [{**c, "label": str(labels.get(c["field"], c["field"]))} for c in line["changes"]]
    lamps = {"new": "met", "changed": "on_the_way", "refused": "missed"}
    return {
        **line,
        "at": at,
        "kind_label": str(KIND_LABELS[line["kind"]]),
        "lamp": lamps.get(line["kind"], "unknown"),
        "changes": changes,
    }


def _crumbs(register: Register, last: str) -> list[dict[str, str]]:
    return [
        {"label": str(register.words.list), "url": register.list_url},
        {"label": last, "url": ""},
    ]


@require_POST
def apply(request: HttpRequest, import_id: int, kind: str) -> HttpResponse:
    """Do what the preview shows."""
    by, at = viewer(request), timezone.now()
    return done(
        request,
        lambda: apply_import(import_id, by=by, at=at),
        lazy("The rows were imported."),
        lambda faults: _show(request, import_id, kind, faults),
        f"{register_of(kind).stem}-register-import",
        import_id,
    )


@require_POST
def undo(request: HttpRequest, import_id: int, kind: str) -> HttpResponse:
    """Make the register what it was."""
    by, at, reason = viewer(request), timezone.now(), request.POST.get("reason", "")
    return done(
        request,
        lambda: undo_import(import_id, reason=reason, by=by, at=at),
        lazy("The import was undone."),
        lambda faults: _show(request, import_id, kind, faults),
        f"{register_of(kind).stem}-register-import",
        import_id,
    )
