"""The plan's pages (规划页): card, documents, register, and the parts every tab shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.models import CorrectionRow, PlanDocument, PlanRow, Reading
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import horizon, may_on, reading_line
from hexi.portal.plans.queries.plan_lists import plan_lines

__all__ = [
    "corrections_of",
    "crumbs",
    "current_reading",
    "document_name",
    "documents_of",
    "facts",
    "plan_line_of",
    "plan_of",
    "register_of",
    "shown_documents",
    "tabs",
]


def plan_of(plan_id: int, person: Person | None) -> PlanRow:
    """The plan, if this person may see it."""
    row: PlanRow = one_visible(PlanRow.objects.select_related("unit", "upper"), person, pk=plan_id)
    return row


def crumbs(row: PlanRow, *more: str) -> list[dict[str, str]]:
    """The way from the units' tree to this page."""
    way = [{"label": _("Plans"), "url": "/plans/"}]
    if row.unit:
        way.append({"label": name_of(row.unit), "url": f"/units/{row.unit.code}/"})
    way.append({"label": row.title, "url": f"/plans/{row.pk}/" if more else ""})
    way += [{"label": label, "url": ""} for label in more]
    return way


def tabs(row: PlanRow, active: str) -> list[dict[str, Any]]:
    """The views of one plan."""
    entries = [
        ("plan", _("Summary"), f"/plans/{row.pk}/"),
        ("text", _("Text"), f"/plans/{row.pk}/text/"),
        ("targets", _("Targets"), f"/targets/?plan={row.pk}"),
        ("findings", _("Findings"), f"/findings/?plan={row.pk}"),
    ]
    return [
        {"key": key, "label": label, "url": url, "active": key == active}
        for key, label, url in entries
    ]


def documents_of(row: PlanRow, person: Person | None) -> list[dict[str, Any]]:
    """The plan's files with how far each is read."""
    may = may_on(person, row)
    lines = []
    for document in shown_documents(row):
        readings = list(Reading.objects.filter(document=document))
        for reading in readings:
            reading.document = document
            document.plan = row
        newest = readings[0] if readings else None
        lines.append(
            {
                "id": document.pk,
                "name": document_name(document),
                "is_digest": document.is_digest,
                "format": document.format,
                "size": file_size(document.size),
                "digest": document.digest,
                "uploaded": words.when(document.uploaded_at),
                "by": document.uploaded_by,
                "reading": reading_line(newest) if newest else None,
                "reread_url": f"/documents/{document.pk}/reread/"
                if may["reread"] and not document.is_digest
                else "",
                "remove_url": f"/documents/{document.pk}/remove/"
                if may["remove_documents"] and not document.is_digest
                else "",
                "download_url": "" if document.is_digest else f"/documents/{document.pk}/file/",
            }
        )
    return lines


def shown_documents(row: PlanRow) -> list[PlanDocument]:
    """The plan's files; the digest of the pack only while it stands for a text."""
    documents: Sequence[PlanDocument] = list(row.documents.all())
    texts = [document for document in documents if not document.is_digest]
    if len(texts) == len(documents):
        return texts
    current = Reading.objects.filter(document__plan=row, current=True)
    standing = set(current.values_list("document", flat=True))
    return [d for d in documents if not d.is_digest or d.pk in standing]


def document_name(document: PlanDocument) -> str:
    """The file's name, or what the digest is."""
    return _("Figures of the policy pack") if document.is_digest else document.name


def file_size(size: int) -> str:
    """12 KB, 3.4 MB."""
    if size < 1024 * 1024:
        return f"{number_format(max(1, round(size / 1024)))} KB"
    return f"{number_format(size / 1024 / 1024, 1)} MB"


def facts(row: PlanRow) -> list[dict[str, str]]:
    """The plan's card as label and value; what is not known is left out."""
    register = row.register()
    pack = register.get("pack", {})
    years_said = register.get("horizon") or {}
    years = horizon(row)
    basis = pack.get("basis") or [b["name"] for b in register.get("basis", ())]
    entries = [
        (_("Unit of account"), name_of(row.unit) if row.unit else ""),
        (_("Plan level"), words.label(words.LEVELS, row.level)),
        (_("Horizon"), years),
        (_("Looks out to"), str(years_said.get("outlook") or "")),
        (_("Issued by"), pack.get("issuer", "")),
        (_("Issued on"), pack.get("issued", "")),
        (_("Number"), pack.get("number", "")),
        (_("Rests on"), "；".join(basis)),
        (_("Upper plan"), row.upper.title if row.upper else ""),
        (_("Note"), pack.get("note", "")),
    ]
    return [{"label": str(label), "value": value} for label, value in entries if value]


def register_of(row: PlanRow) -> dict[str, list[dict[str, Any]]]:
    """Goals, parks, projects and chapters for the summary."""
    register = row.register()
    boxes = register.get("boxes", ())
    bodies = register.get("bodies", ())
    return {
        "goals": list(register.get("goals", ())),
        "parks": [
            {**park, "industries": park.get("industries", []), "area": _amount(park.get("area"))}
            for park in register.get("parks", ())
        ],
        "projects": [
            {**project, "box": box["title"]} for box in boxes for project in box["projects"]
        ],
        "chapters": [
            {
                "title": chapter["title"],
                "kind": chapter["kind"],
                "tasks": [
                    {
                        "number": task["number"],
                        "title": task["title"] or task["text"][:60],
                        "depth": task["depth"],
                        "bodies": [bodies[k]["name"] for k in task["bodies"] if k < len(bodies)],
                    }
                    for task in chapter["tasks"]
                ],
                "bodies": sorted(
                    {
                        bodies[k]["name"]
                        for task in chapter["tasks"]
                        for k in task["bodies"]
                        if k < len(bodies)
                    }
                ),
            }
            for chapter in register.get("chapters", ())
        ],
    }


def _amount(amount: dict[str, Any] | None) -> str:
    if not amount:
        return ""
    return words.quantity(str(amount.get("printed") or amount.get("value", "")), amount["unit"])


def corrections_of(row: PlanRow, person: Person | None) -> list[dict[str, Any]]:
    """All corrections of the plan's documents, the withdrawn ones too."""
    may = may_on(person, row)["correct"]
    found = CorrectionRow.objects.filter(document__plan=row).order_by("-id")
    return [correction_line(correction, may) for correction in found]


def correction_line(correction: CorrectionRow, may: bool) -> dict[str, Any]:
    """One correction as the pages show it."""
    live = correction.withdrawn_at is None
    return {
        "id": correction.pk,
        "field": correction.field,
        "field_label": words.label(words.FIELDS, correction.field),
        "text": correction.anchor["figure"],
        "before": field_text(correction.field, correction.before),
        "after": field_text(correction.field, correction.after),
        "reason": correction.reason,
        "by": correction.by_name,
        "at": words.when(correction.at),
        "withdrawn": not live,
        "withdraw_url": f"/corrections/{correction.pk}/withdraw/" if live and may else "",
    }


def field_text(field: str, value: Any) -> str:
    """A field's value as a person reads it."""
    if value is None:
        return ""
    tables = {"measure": words.MEASURES, "modality": words.MODALITIES, "bound": words.BOUNDS}
    if field in tables:
        return words.label(tables[field], str(value))
    if field == "period":
        return words.period(str(value))
    if field == "value":
        return words.figure(str(value))
    return str(value)


def current_reading(row: PlanRow, document_id: str = "") -> Reading | None:
    """The reading to show: of the document asked for, else of the first that is read."""
    found = Reading.objects.filter(document__plan=row, current=True).select_related("document")
    if document_id.isdecimal():
        found = found.filter(document=int(document_id))
    reading: Reading | None = found.order_by("document").first()
    if reading is not None:
        reading.document.plan = row
    return reading


def plan_line_of(row: PlanRow, person: Person | None) -> Any:
    """One plan as a line."""
    return plan_lines([row], person)[0]
