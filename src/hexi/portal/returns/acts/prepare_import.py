"""Prepare a register import (名录导入预览): read the file and show what it would change."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.scope import require
from hexi.portal.returns import form_book
from hexi.portal.returns.models import RegisterImport
from hexi.portal.returns.registers.import_plan import KINDS, plan_rows
from hexi.portal.returns.registers.kinds import register_of
from hexi.portal.returns.registers.register_file import read_file

__all__ = ["prepare_import"]


def prepare_import(
    content: bytes,
    name: str,
    *,
    by: Person | None,
    at: datetime,
    kind: str = "enterprise",
) -> RegisterImport:
    """Nothing of the register is changed yet; ``kind`` is the id of a register."""
    register = register_of(kind)
    with transaction.atomic():
        officer = require(by, register.permission)
        rows = read_file(content, name, register.heads)
        planned = plan_rows(rows, officer, form_book.day_of(at), register.reading)
        counted = Counter(line.kind for line in planned)
        made = RegisterImport.objects.create(
            kind=kind,
            name=name[:255],
            digest=hashlib.sha256(content).hexdigest(),
            who=officer.pk,
            by_name=officer.name,
            at=at,
            content=content,
            lines=[line.record(register.reading) for line in planned],
            counts={kind: counted.get(kind, 0) for kind in KINDS},
        )
        record("prepare_import", made, by=by, at=at, after=made.counts)
    return made
