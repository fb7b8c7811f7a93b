"""Where a document belongs (归属规划): a plan of the pack whose title it bears, or its own.

The pack knows plans by title and targets without having their text. Who uploads such a text finds
it under the plan that is there already, if it lies in his scope.
"""

from __future__ import annotations

import re

from hexi.portal.plans.models import PlanDocument, PlanRow
from hexi.portal.plans.models.plan import Source

__all__ = ["home_of", "title_key"]

_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉（）()—\-_.·]+")
_TAIL = re.compile(r"(征求意见稿|送审稿|全文|正式稿|印发稿)$")


def title_key(title: str) -> str:
    """A title without what editions differ in: quotation marks, spaces, draft marks."""
    bare = _TAIL.sub("", _MARKS.sub("", title))
    return re.sub(r"^.*关于印发|的?通知$", "", bare)


def home_of(document: PlanDocument, title: str) -> PlanRow:
    """The plan that the document belongs to from now on."""
    plan: PlanRow = document.plan
    if plan.source != Source.UPLOAD or plan.documents.count() > 1:
        return plan
    keys = {title_key(title), title_key(document.name.rpartition(".")[0])} - {""}
    taken = PlanDocument.objects.texts().values("plan")
    candidates = (
        PlanRow.objects.filter(source=Source.PACK).exclude(pk__in=taken).select_related("unit")
    )
    for candidate in candidates:
        within = not plan.unit_path or candidate.unit_path.startswith(plan.unit_path)
        if within and title_key(candidate.title) in keys:
            document.plan = candidate
            document.save(update_fields=["plan"])
            PlanRow.objects.filter(pk=plan.pk).delete()
            home: PlanRow = candidate
            return home
    return plan
