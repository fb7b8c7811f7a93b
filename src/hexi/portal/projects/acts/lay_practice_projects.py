"""Lay practice projects (生成演练项目): asked for here, laid by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import PracticeJob, PracticeKind
from hexi.portal.projects.practice.asking import home_unit, refuse_second
from hexi.portal.projects.practice.laying import count_laid
from hexi.projects.practice_plan import load_practice_plan

__all__ = ["MOST", "lay_practice_projects"]

#: projects of no list that may be asked for
MOST: Final = 200_000


def lay_practice_projects(*, by: Person | None, at: datetime, more: int = 0) -> PracticeJob:
    """Have what is not there yet laid; ``more`` of no list come beside the published ones."""
    officer = require(by, Permission.MAKE_PRACTICE)
    if not 0 <= more <= MOST:
        raise Refusal(
            "too_many",
            _("So many practice projects cannot be made."),
            _("Ask for fewer."),
            place="more",
        )
    with transaction.atomic():
        home = home_unit()
        refuse_second()
        wanted = load_practice_plan(settings.HEXI.pack).size + more - count_laid()
        if wanted <= 0:
            raise Refusal(
                "practice_there",
                _("The practice projects are there already."),
                _("Look for them in the library."),
                status=409,
            )
        job: PracticeJob = PracticeJob.objects.create(
            kind=PracticeKind.LAY, more=more, total=wanted, by_name=officer.name, asked_at=at
        )
        record(
            "lay_practice_projects",
            job,
            by=officer,
            at=at,
            unit_path=home.path,
            after={"projects": wanted},
        )
    return job
