"""Make practice data (生成演练数据): a warehouse of synthetic enterprises beside the real one."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.figures.space import practice_folder
from hexi.statistics.practice import Made, Wanted, is_practice
from hexi.statistics.practice import make_practice as make_warehouse

__all__ = ["FACTS", "make_practice"]

#: enough for every page to have something to say, made while one waits
FACTS: Final = 1_000_000


def make_practice(*, by: Person | None, at: datetime, facts: int = FACTS) -> Made:
    """Make it in a folder beside and put it into its place whole, so that nothing half stands."""
    officer = require(by, Permission.MAKE_PRACTICE)
    target = practice_folder()
    if is_practice(target):
        raise Refusal(
            "practice_there",
            _("There are practice data already."),
            _("Open the practice space."),
            status=409,
        )
    # nobody else has to wait for the database meanwhile
    made = _laid(target, facts, at)
    with transaction.atomic():
        record(
            "make_practice",
            officer,
            by=by,
            at=at,
            name=target.name,
            after={
                "practice": True,
                "enterprises": made.enterprises,
                "months": made.months,
                "facts": made.facts,
            },
        )
    return made


def _laid(target: Path, facts: int, at: datetime) -> Made:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="practice-", dir=target.parent))
    try:
        made = make_warehouse(draft, Wanted(facts, pack=settings.HEXI.pack), at)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made
