"""The template of one return (模板下载): what is filled in so far, sealed for its reporter."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from hexi.portal.returns import form_book
from hexi.portal.returns.filling.row_classes import row_names
from hexi.portal.returns.filling.surroundings import beside
from hexi.portal.returns.models import Return
from hexi.reports.return_template_layout import MARKER_FORMAT
from hexi.reports.return_template_xlsx import Template, render

__all__ = ["file_name", "seal", "template_of"]


def template_of(row: Return) -> bytes:
    """The workbook of a return as it stands now."""
    form = form_book.version_of(row.form, row.form_version)
    near = beside(row, form)
    marker = {
        "format": MARKER_FORMAT,
        "form": row.form,
        "version": row.form_version,
        "reporter": row.reporter.code,
        "period": str(row.period),
        "edit": str(row.edit),
    }
    return render(
        Template(
            form=form,
            reporter=row.reporter.name,
            period=form_book.period_label(row.form, row.period),
            last_period=form_book.period_label(row.form, near.last_period),
            year_period=form_book.period_label(row.form, near.year_period),
            due=row.due,
            values=row.values,
            cover=row.cover,
            last=near.last,
            year_ago=near.year_ago,
            rows={s.code: row_names(s.rows) for s in form.sections if s.dynamic},
            marker={**marker, "seal": seal(marker)},
        )
    )


def file_name(row: Return) -> str:
    """A name that says whose it is; spreadsheets and systems of files take it."""
    return f"{row.form}-{row.period}-{row.reporter.code}.xlsx"


def seal(marker: dict[str, str]) -> str:
    """The checksum of a marker: only this portal can make it."""
    text = "|".join(marker.get(key, "") for key in ("format", "form", "version", "reporter",
                                                    "period", "edit"))  # fmt: skip
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
