"""Take practice projects away (清除演练项目): asked for here, done by the worker.

All that hangs on them goes with them: months, problems, orders, visits, vouchers, screenings. The
event keeps how much it was.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import PracticeJob, PracticeKind
from hexi.portal.projects.practice.asking import home_unit, refuse_second
from hexi.portal.projects.practice.removal import going

__all__ = ["remove_practice_projects"]


def remove_practice_projects(
    *, by: Person | None, at: datetime, seen: int | None = None
) -> PracticeJob:
    """Have all of them taken away; ``seen`` is the number of projects that was confirmed."""
    officer = require(by, Permission.MAKE_PRACTICE)
    with transaction.atomic():
        home = home_unit()
        refuse_second()
        all_ = going()
        if not all_.projects and not all_.batches:
            raise Refusal(
                "no_practice",
                _("There are no practice projects."),
                _("Nothing has to be taken away."),
                status=409,
            )
        if seen is not None and seen != all_.projects:
            raise Refusal(
                "changed_meanwhile",
                _("The number of practice projects has changed meanwhile."),
                _("Look at what goes with them, and confirm again."),
                status=409,
            )
        job: PracticeJob = PracticeJob.objects.create(
            kind=PracticeKind.REMOVE, total=all_.projects, by_name=officer.name, asked_at=at
        )
        record(
            "remove_practice_projects",
            job,
            by=officer,
            at=at,
            unit_path=home.path,
            before={
                "projects": all_.projects,
                "batches": all_.batches,
                "rows_taken": {model: count for model, _label, count in all_.rows},
            },
        )
    return job
