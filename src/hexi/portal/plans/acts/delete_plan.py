"""Delete a plan (删除规划): an uploaded plan and everything that was read from it.

Plans of the policy pack are not deleted here: they would come back with the pack. Only their
documents can be removed.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.catalogue import load_pack
from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.acts.change_plan import card
from hexi.portal.plans.files import drop
from hexi.portal.plans.models import PlanDocument, PlanRow
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.reading.digests import lay_digest
from hexi.portal.plans.reading.hold import hold

__all__ = ["delete_plan", "remove_document", "require_text"]


def delete_plan(plan_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """Delete; a reason is asked because it cannot be undone."""
    with transaction.atomic():
        queryset = PlanRow.objects.select_related("unit", "upper")
        plan: PlanRow = one_visible(queryset, by, pk=plan_id)
        require(by, Permission.DELETE, plan.unit_path)
        _reasoned(reason)
        hold(plan.pk)
        if plan.source == Source.PACK:
            raise Refusal(
                "pack_plan",
                _("A plan of the policy pack cannot be deleted here."),
                _("Remove its documents, or take it out of the pack."),
            )
        files = sorted(set(plan.documents.values_list("digest", flat=True)))
        event = record(
            "delete_plan",
            plan,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            before={**card(plan), "files": files},
            reason=reason.strip(),
        )
        plan.delete()
        transaction.on_commit(lambda: _drop_unused(files))
        return event


def remove_document(document_id: int, *, reason: str, by: Person | None, at: datetime) -> Event:
    """Take one document, its readings, corrections and decisions out of a plan."""
    with transaction.atomic():
        queryset = PlanDocument.objects.select_related("plan__unit")
        document: PlanDocument = one_visible(queryset, by, pk=document_id)
        require(by, Permission.DELETE, document.plan.unit_path)
        _reasoned(reason)
        require_text(document)
        hold(document.plan_id)
        event = record(
            "remove_document",
            document,
            by=by,
            at=at,
            unit_path=document.plan.unit_path,
            before={
                "plan": document.plan_id,
                "name": document.name,
                "digest": document.digest,
                "corrections": document.corrections.count(),
                "decisions": document.decisions.count(),
            },
            reason=reason.strip(),
        )
        digest = document.digest
        plan = document.plan
        document.delete()
        if plan.source == Source.PACK:
            lay_digest(plan, load_pack(settings.HEXI.pack), at=at)
        transaction.on_commit(lambda: _drop_unused([digest]))
        return event


def require_text(document: PlanDocument) -> None:
    """A digest belongs to the pack: it can be replaced by the text, not handled as a file."""
    if document.is_digest:
        raise Refusal(
            "digest",
            _("These are figures of the policy pack, not a file."),
            _("Upload the document; it takes their place."),
            file=document.plan.title,
            status=409,
        )


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refusal(
            "reason_missing",
            _("Nothing is deleted without a reason."),
            _("Write why."),
            place="reason",
        )


def _drop_unused(digests: list[str]) -> None:
    kept = set(PlanDocument.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest in digests:
        if digest not in kept:
            drop(digest)
