"""The sheet as a file (分解表文件下载与导入)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.breakdown.acts.import_parts import import_parts
from hexi.portal.breakdown.holding import lines_of, one_sheet
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.breakdown.sheet.workbook import LIMITS, read_workbook, write_workbook
from hexi.portal.core.exports import attachment
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, faults_of

__all__ = ["download", "upload"]


@require_GET
def download(request: HttpRequest, target_id: int) -> HttpResponse:
    """The sheet, ready to be filled in."""
    sheet = one_sheet(target_id, viewer(request))
    content = write_workbook(sheet, lines_of(sheet), course_of(sheet.whole), at=timezone.now())
    return attachment(content, f"hexi-breakdown-{target_id}.xlsx")


@require_POST
def upload(request: HttpRequest, target_id: int) -> HttpResponse:
    """A filled sheet; what is wrong in it is told cell by cell."""
    person = viewer(request)
    one_sheet(target_id, person)
    try:
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > LIMITS.file_bytes:
            raise Refusal(
                "no_file",
                _("No file arrived, or it is larger than a sheet can be."),
                _("Choose the filled sheet as xlsx."),
            )
        name = str(file.name or "")[:120]
        filled = read_workbook(file.read(), name)
        count = import_parts(target_id, filled, name, by=person, at=timezone.now())
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        for fault in faults_of(refusal)[:30]:
            messages.error(request, f"{fault['message']} {fault['remedy']}")
        return redirect("breakdown", target_id)
    said = ngettext("%(n)d cell was imported.", "%(n)d cells were imported.", count)
    messages.success(request, said % {"n": count})
    return redirect("breakdown", target_id)
