"""Practice data by one button (生成演练数据)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hexi.portal.core.scope import viewer
from hexi.portal.figures.acts.make_practice import make_practice
from hexi.portal.figures.space import PRACTICE

__all__ = ["make"]


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make them and go there."""
    made = make_practice(by=viewer(request), at=timezone.now())
    messages.success(
        request,
        _("%(n)d synthetic enterprises were made.") % {"n": made.enterprises},
    )
    return redirect(PRACTICE.url())
