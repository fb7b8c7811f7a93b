"""Enter funds in place (登记到位资金): one payment with payer, kind and its evidence file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.project_files import add_files, take_in
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.models import Voucher
from hexi.portal.promotion.nouns import VOUCHER
from hexi.portal.returns.form_book import day_of

__all__ = ["enter_voucher"]


def enter_voucher(
    project_id: int,
    given: Mapping[str, Any],
    upload: Any,
    *,
    by: Person | None,
    at: datetime,
    money: str = "万元",
) -> Voucher:
    """Money without an evidence file is not entered; it counts once another person verified it."""
    with transaction.atomic():
        project = one_project(project_id, by, Permission.PROMOTE)
        entry = read(given, VOUCHER, day_of(at), money=money)
        faults = list(entry.faults.values())
        if upload is None:
            faults.append(
                Refusal(
                    "evidence_missing",
                    _("There is no evidence file."),
                    _("Add the bank slip, capital report or invoice."),
                    place="file",
                )
            )
        tell(faults)
        # bytes without a row are harmless should the transaction fail
        (file,) = add_files(project, "voucher", [take_in(upload)], by=by, at=at)
        made = Voucher.objects.create(
            project=project,
            **entry.values,
            evidence=file,
            by=by,
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "enter_voucher",
            made,
            by=by,
            at=at,
            name=project.called,
            unit_path=project.unit_path,
            after={
                "project": project.called,
                **taken(entry.values, VOUCHER),
                "file": file.name,
                "digest": file.digest,
            },
        )
    return made
