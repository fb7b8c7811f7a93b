"""The forms that this office uses (报表制度): the pack's forms, and who of the register reports.

This is the one place where the app asks the engine for forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.calendar import Period
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.statistics.forms import Form, Forms, as_period, ends_here, load_forms, reports_when

__all__ = [
    "book",
    "day_of",
    "first_day",
    "form_at",
    "form_name",
    "last_day",
    "month_number",
    "period_label",
    "reports",
    "version_of",
]


def book() -> Forms:
    """All forms of the pack, in every edition."""
    return load_forms(settings.HEXI.pack)


def form_at(form: str, period: int) -> Form:
    """The edition of a form that a period is filled in on.

    Raises:
        Refusal: where there is no such form, or it has no such period.
    """
    forms = book()
    if form not in forms.ids:
        raise Refusal(
            "no_form",
            lazy("There is no such form."),
            lazy("Choose one of the list."),
            place="form",
        )
    if not ends_here(forms.latest(form).frequency, period):
        raise Refusal(
            "no_period",
            lazy("This form has no period that ends in this month."),
            lazy("Choose a period of the form's own frequency."),
            place="period",
        )
    try:
        return forms.at(form, period)
    except LookupError:
        raise Refusal(
            "form_not_in_force",
            lazy("The form was not in use in this period."),
            lazy("Choose a later period."),
            place="period",
        ) from None


def version_of(form: str, version: str) -> Form:
    """The edition that a return was filled in on."""
    return book().version(form, version)


def form_name(form: str) -> str:
    """The name of a form in the reader's language; its id where the pack has lost it."""
    forms = book()
    return name_of(forms.latest(form)) if form in forms.ids else form


def reports(form: Form, kind: str, facts: Mapping[str, str | int | None]) -> bool:
    """Does a respondent of this kind, about whom the register says this, report the form?"""
    return any(asked.kind == kind and reports_when(asked.when, facts) for asked in form.reporting)


def first_day(form: Form, period: int) -> date:
    """The first day of a period."""
    year, month = divmod(as_period(form.frequency, period).first, 12)
    return date(year, month + 1, 1)


def last_day(form: Form, period: int) -> date:
    """The day on which the period's belonging is decided: the last one."""
    year, month = divmod(as_period(form.frequency, period).last + 1, 12)
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)


def day_of(at: datetime) -> date:
    """The office's day at a moment."""
    return timezone.localtime(at).date()


def month_number(day: date) -> int:
    """YYYYMM of a day."""
    return day.year * 100 + day.month


def period_label(form: str, period: int) -> str:
    """A period as a person reads it: 2026年10月, 2026 Q3."""
    forms = book()
    frequency = forms.latest(form).frequency if form in forms.ids else "month"
    span: Period = as_period(frequency, period)
    gaps = {"year": span.first_year, "month": span.last % 12 + 1}
    match frequency:
        case "year":
            return _("%(year)d") % gaps
        case "half":
            return _("%(year)d, half %(part)d") % {**gaps, "part": gaps["month"] // 6}
        case "quarter":
            return _("%(year)d, quarter %(part)d") % {**gaps, "part": gaps["month"] // 3}
        case _:
            return str(date_format(date(span.first_year, gaps["month"], 1), "YEAR_MONTH_FORMAT"))
