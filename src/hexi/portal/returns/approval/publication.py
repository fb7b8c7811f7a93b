"""Into the warehouse (入库): approved figures become facts, in the transaction of the act.

The manifest lies in the portal's own database, so an approval and the snapshot that follows from
it stand or fall together. A file that was written when the transaction failed is named by no row;
vacuum removes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns import form_book
from hexi.portal.returns.filling.cells import cell_at
from hexi.portal.returns.models import Return, Submission
from hexi.portal.returns.registers.register_tables import current_register
from hexi.statistics.forms import Form
from hexi.statistics.practice import PracticeError, refuse_mixture
from hexi.warehouse import Change, Manifest, Registry, Snapshot, Warehouse

__all__ = [
    "facts_of",
    "mixed",
    "publish_period",
    "publish_return",
    "register_of_today",
    "warehouse",
]


def warehouse() -> Warehouse:
    """The portal's warehouse: files in the home, the manifest in the database."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    postgres = connection.vendor == "postgresql"
    manifest = Manifest(
        connection,
        dialect="postgresql" if postgres else "sqlite",
        style="%s",
        transaction=transaction.atomic,
    )
    return Warehouse(folder, manifest)


def register_of_today() -> Registry:
    """The register as facts refer to it now.

    Raises:
        Refusal: where a respondent of practice data is in it, which never mix with real ones.
    """
    register = current_register()
    try:
        refuse_mixture(_folder(), register)
    except PracticeError as error:
        raise mixed(error) from error
    return register


def mixed(error: PracticeError) -> Refusal:
    """Practice and real data would be mixed (演练数据与真实数据不得混用)."""
    return Refusal(
        "practice_mixed",
        error.message_en if get_language() == "en" else error.message,
        _("Keep practice enterprises in the practice space, and real ones here."),
        status=409,
    )


def _folder() -> Path:
    return Path(settings.HEXI.home) / "warehouse"


def publish_period(form: str, period: int, *, by: Person, at: datetime, reason: str) -> int | None:
    """The whole period as it is approved now; the number of the snapshot."""
    newest: dict[int, Submission] = {}
    approved = Submission.objects.filter(
        target__form=form, target__period=period, approved_at__isnull=False
    )
    for made in approved.select_related("target").order_by("number"):
        newest[made.target_id] = made
    register = register_of_today()
    table = facts_of(newest.values(), register)
    change = Change(register.forms[form], period, table, whole=True)
    snapshot = _publish(change, register, by, at, reason)
    if snapshot is not None:
        pks = [made.pk for made in newest.values()]
        Submission.objects.filter(pk__in=pks, snapshot=None).update(snapshot=snapshot.id)
    return snapshot.id if snapshot else None


def publish_return(row: Return, made: Submission, *, by: Person, at: datetime) -> int | None:
    """One return of a closed period, late or revised: a new vintage of its month."""
    register = register_of_today()
    made.target = row
    change = Change(register.forms[row.form], row.period, facts_of([made], register))
    reason = made.reason or str(row)
    snapshot = _publish(change, register, by, at, reason)
    return snapshot.id if snapshot else None


def _publish(
    change: Change, register: Registry, by: Person, at: datetime, reason: str
) -> Snapshot | None:
    return warehouse().publish_all([change], actor=by.name, reason=reason, at=at, registry=register)


def facts_of(submissions: Iterable[Submission], register: Registry) -> pa.Table:
    """The facts of the submissions; a cell without a value is no fact, and no zero.

    Columns reporter, item, facet, value, prior, submission, numbered as the register says.
    """
    places = _Places(register)
    columns: dict[str, list[Any]] = {
        key: [] for key in ("reporter", "item", "facet", "value", "prior", "submission")
    }
    for made in submissions:
        known = places.of(made.target.form, made.form_version)
        values: dict[tuple[int, int], list[Any]] = {}
        for name, text in made.values.items():
            place = known[name]
            if place is not None:
                pair = values.setdefault(place[:2], [None, None])
                pair[place[2]] = Decimal(text)
        for (item, facet), (value, prior) in values.items():
            if value is None:
                continue
            row = (made.target.reporter_id, item, facet, value, prior, made.pk)
            for column, entry in zip(columns.values(), row, strict=True):
                column.append(entry)
    types = (pa.int32(), pa.int16(), pa.int32(), pa.decimal128(18, 4), pa.decimal128(18, 4),
             pa.int32())  # fmt: skip
    arrays = [pa.array(c, t) for c, t in zip(columns.values(), types, strict=True)]
    return pa.table(arrays, names=list(columns))


class _Places:
    """Where the cells of an edition go: item, facet, prior or not. Returns of one form are alike,
    so each name is read once and not once for each return."""

    def __init__(self, register: Registry) -> None:
        self._items = register.items
        self._editions: dict[tuple[str, str], _Edition] = {}

    def of(self, form: str, version: str) -> _Edition:
        """The places of an edition by the names of its cells."""
        if (form, version) not in self._editions:
            self._editions[form, version] = _Edition(
                form_book.version_of(form, version), self._items
            )
        return self._editions[form, version]


class _Edition(dict[str, tuple[int, int, bool] | None]):
    """Name of a cell to its place; None where the form has no such cell."""

    def __init__(self, form: Form, items: Mapping[str, int]) -> None:
        super().__init__()
        self._form, self._items = form, items

    def __missing__(self, name: str) -> tuple[int, int, bool] | None:
        cell = cell_at(self._form, name)
        place = None if cell is None else (self._items[cell.item.code], cell.facet, cell.prior)
        self[name] = place
        return place
