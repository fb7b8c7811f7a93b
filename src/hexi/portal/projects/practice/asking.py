"""Asking for a practice job (演练项目申请): one at a time for the whole region."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hexi.catalogue import load_pack
from hexi.portal.core.models import Unit
from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.models import PracticeJob
from hexi.portal.projects.models.practice_job import OPEN

__all__ = ["home_unit", "refuse_second"]


def home_unit() -> Unit:
    """The region's unit, locked: two who ask at once come one after the other."""
    region = load_pack(settings.HEXI.pack).region
    unit: Unit = Unit.objects.select_for_update().get(code=region)
    return unit


def refuse_second() -> None:
    """Refuse while a job waits or is being done.

    Raises:
        Refusal: it can be asked for when that one is over.
    """
    if PracticeJob.objects.filter(state__in=OPEN).exists():
        raise Refusal(
            "practice_busy",
            _("The practice projects are being laid or taken away."),
            _("Wait until that is done."),
            status=409,
        )
