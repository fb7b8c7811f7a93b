"""Words and figures on the page (用词与数字): labels of codes, separators, signs, dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.plans.audit.finding import Verdict
from hexi.reports.check_names import RANK_NAMES, VERDICT_NAMES, check_name

__all__ = [
    "BASES",
    "BOUNDS",
    "DECISIONS",
    "FIELDS",
    "KINDS",
    "LEVELS",
    "MEASURES",
    "MODALITIES",
    "PHASES",
    "bound_words",
    "check_label",
    "english",
    "figure",
    "label",
    "period",
    "quantity",
    "rank_label",
    "verdict_label",
    "when",
]

MODALITIES: dict[str, Any] = {
    "actual": lazy("Actual"),
    "target": lazy("Target"),
    "threshold": lazy("Threshold"),
    "other": lazy("Other"),
}
MEASURES: dict[str, Any] = {
    "level": lazy("Level"),
    "share": lazy("Share"),
    "growth_annual": lazy("Average annual growth"),
    "growth_yoy": lazy("Growth on the year before"),
    "growth_total": lazy("Total growth"),
    "cumulative": lazy("Cumulative"),
    "count": lazy("Count"),
    "rank": lazy("Rank"),
}
BASES: dict[str, Any] = {
    "level": lazy("Level"),
    "growth_yoy": lazy("Growth on the year before"),
    "growth_average": lazy("Average annual growth"),
    "growth_total": lazy("Total growth"),
    "share": lazy("Share"),
    "rank": lazy("Rank"),
    "cumulative": lazy("Cumulative"),
}
BOUNDS: dict[str, Any] = {
    "eq": lazy("equal to"),
    "ge": lazy("at least"),
    "le": lazy("at most"),
    "approx": lazy("about"),
}
FIELDS: dict[str, Any] = {
    "subject": lazy("Subject"),
    "indicator": lazy("Indicator"),
    "measure": lazy("Measure"),
    "value": lazy("Value"),
    "unit": pgettext_lazy("of measure", "Unit"),
    "period": lazy("Period"),
    "modality": lazy("Modality"),
    "bound": lazy("Bound"),
}
DECISIONS: dict[str, Any] = {
    "open": lazy("To settle"),
    "accepted": lazy("Accepted"),
    "dismissed": lazy("Dismissed"),
}
KINDS: dict[str, Any] = {"binding": lazy("Binding"), "expected": lazy("Expected")}
LEVELS: dict[str, Any] = {
    "national": lazy("National"),
    "provincial": lazy("Province"),
    "province": lazy("Province"),
    "municipal": lazy("City"),
    "city": lazy("City"),
    "county": lazy("County"),
    "zone": lazy("Zone"),
    "park": lazy("Park"),
    "planned": lazy("Planned"),
    "group": lazy("Group"),
    "department": lazy("Department"),
    "enterprise": lazy("Enterprise"),
}
PHASES: dict[str, Any] = {
    "documents": lazy("Reading the file"),
    "statements": lazy("Finding figures"),
    "register": lazy("Joining targets"),
    "audit": lazy("Checking the sums"),
    "store": lazy("Keeping the result"),
}


def label(table: dict[str, Any], code: str) -> str:
    """The label of a code; an unknown code shows itself."""
    return str(table.get(code, code))


def english() -> bool:
    return get_language() == "en"


def check_label(check: str) -> str:
    """What a check is called; the same names as in the reports."""
    return _capital(check_name(check)[english()])


def _capital(label: str) -> str:
    """A label stands alone, so its English begins with a capital."""
    return label[:1].upper() + label[1:]


def verdict_label(verdict: str) -> str:
    return _capital(VERDICT_NAMES[Verdict(verdict)][english()])


def rank_label(rank: Any) -> str:
    return _capital(RANK_NAMES[rank][english()]) if rank in RANK_NAMES else str(rank)


def figure(text: str) -> str:
    """A printed figure with thousands separated; decimals stay as printed."""
    bare = text.strip()
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    whole, dot, rest = digits.partition(".")
    if not whole.isdecimal() or (rest and not rest.isdecimal()):
        return bare
    grouped = f"{int(whole):,}" if len(whole) > 3 else whole
    return f"{'−' if sign else ''}{grouped}{dot}{rest}"


def quantity(value: str, unit: str) -> str:
    """Figure and unit as the office writes them: no space before a Chinese unit or %."""
    if not value:
        return ""
    return f"{figure(value)}{unit}"


def period(code: str | None) -> str:
    """``2020`` → 2020年, ``2016-2020`` → 2016—2020年, ``2015-06`` → 2015年6月."""
    if not code:
        return ""
    head, dash, tail = code.partition("-")
    if not dash:
        return f"{head}" if english() else f"{head}年"
    if len(tail) == 4:
        return f"{head}–{tail}" if english() else f"{head}–{tail}年"
    if tail.startswith("Q"):
        return code if english() else f"{head}年{tail[1:]}季度"
    return code if english() else f"{head}年{tail.lstrip('0')}月"


def when(at: datetime | None) -> str:
    """A moment as the office writes it."""
    return date_format(timezone.localtime(at), "Y-m-d H:i") if at else ""


def bound_words(bound: str, text: str) -> str:
    """``≥ 8%`` in words: 8% 以上, at least 8%."""
    patterns = {
        "ge": _("at least %(figure)s"),
        "le": _("at most %(figure)s"),
        "approx": _("about %(figure)s"),
    }
    return patterns[bound] % {"figure": text} if bound in patterns else text
