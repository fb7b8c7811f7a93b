"""Words for figures (数据用语): views, bases, trees, kinds, periods and marks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

__all__ = [
    "BASES",
    "CHARTS",
    "KINDS",
    "MARKS",
    "MEASURES",
    "QUARTERS",
    "REASONS",
    "ROWS",
    "TREES",
    "VIEWS",
    "day",
    "kind_name",
    "moment",
    "not_closed",
    "period_name",
    "printed",
    "tree_name",
    "view_name",
]

VIEWS: Final[dict[str, Any]] = {
    "period": lazy("Of the period"),
    "ytd": lazy("Year to date"),
    "growth": lazy("Growth on a year earlier"),
    "ytd_growth": lazy("Growth of the year to date"),
}
#: quarters and halves are published since January
QUARTERS: Final[dict[str, Any]] = {
    "Q1": lazy("First quarter of %(year)d"),
    "Q2": lazy("First half of %(year)d"),
    "Q3": lazy("First three quarters of %(year)d"),
    "Q4": lazy("Four quarters of %(year)d"),
    "H1": lazy("First half of %(year)d"),
    "H2": lazy("Both halves of %(year)d"),
}
BASES: Final[dict[str, Any]] = {
    "": lazy("Each indicator's own"),
    "restated": lazy("As restated by respondents"),
    "matched": lazy("Matched enterprises"),
    "nominal": lazy("Nominal"),
    "comparable": lazy("At comparable prices"),
}
TREES: Final[dict[str, Any]] = {
    "jurisdiction": lazy("Jurisdiction"),
    "zone": lazy("Zones"),
    "zone_type": lazy("Type of zone"),
    "industry": lazy("Industry"),
    "ownership": lazy("Ownership"),
    "region": lazy("Region"),
}
KINDS: Final[dict[str, Any]] = {
    "province": lazy("Provinces"),
    "city": lazy("Cities"),
    "county": lazy("Counties"),
    "zone": lazy("Zones"),
    "park": lazy("Parks"),
    "group": lazy("Groups"),
    "industry": lazy("Industries"),
    "ownership": lazy("Kinds of ownership"),
}
ROWS: Final[dict[str, Any]] = {
    "units": pgettext_lazy("of account", "Units"),
    "indicators": lazy("Indicators"),
    "periods": lazy("Periods"),
}
CHARTS: Final[dict[str, Any]] = {
    "": lazy("No chart"),
    "bar": lazy("Bars"),
    "line": lazy("Lines"),
    "multiples": lazy("Small multiples"),
    "points": lazy("Points on the map"),
}
#: what stands in a cell without a figure
MARKS: Final[dict[str, str]] = {"M": "…", "Q": "※", "N": "–", "U": "×", "H": "□"}
REASONS: Final[dict[str, Any]] = {
    "M": lazy("no return"),
    "Q": lazy("confidential"),
    "N": lazy("not defined"),
    "U": lazy("cannot be computed"),
    "H": lazy("not released yet"),
}


#: how a part of a formula is taken
MEASURES: Final[dict[str, Any]] = {
    "total": "",
    "n": lazy("number of reporters"),
    "high": lazy("highest"),
    "low": lazy("lowest"),
    "stated_now": lazy("where the year before is stated"),
    "stated_then": lazy("the year before as stated"),
    "stated_n": lazy("reporters who state the year before"),
    "matched_now": lazy("of enterprises in both years"),
    "matched_then": lazy("of enterprises in both years, the year before"),
    "matched_n": lazy("enterprises in both years"),
}


def view_name(view: str) -> str:
    return str(VIEWS.get(view, view))


def tree_name(tree: str) -> str:
    return str(TREES.get(tree, tree))


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def period_name(period: str, view: str = "") -> str:
    """2025年3月, 2025年1—3月 for a year to date, 2025年."""
    year, _dash, month = period.partition("-")
    if not month:
        return _("%(year)d") % {"year": int(year)}
    if month in QUARTERS:
        return str(QUARTERS[month]) % {"year": int(year)}
    if view.startswith("ytd"):
        return _("%(year)d, months 1–%(month)d") % {"year": int(year), "month": int(month)}
    return str(date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT"))


def not_closed(period: str, kind: str) -> str:
    """A period whose figures may still change: 2026年10月（尚未关账）, 2026年9月（修订中）."""
    if kind == "revised":
        return _("%(period)s (in revision)") % {"period": period}
    return _("%(period)s (not closed yet)") % {"period": period}


def printed(value: Any) -> str:
    """A figure with its printed decimals and separated thousands."""
    return f"{value:,}".replace("-", "−")


def moment(at: datetime) -> str:
    return str(date_format(timezone.localtime(at), "Y-m-d H:i"))


def day(at: datetime) -> str:
    return str(date_format(timezone.localtime(at), "Y-m-d"))
