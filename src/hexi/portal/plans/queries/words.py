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
    "CONFIDENCES",
    "DECISIONS",
    "DEFINITIONS",
    "FIELDS",
    "KINDS",
    "LEVELS",
    "MEASURES",
    "MODALITIES",
    "PHASES",
    "RULES",
    "VINTAGES",
    "bound_words",
    "check_label",
    "english",
    "figure",
    "label",
    "observed",
    "period",
    "quantity",
    "rank_label",
    "sum_text",
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
    "to_date": lazy("Since it began"),
}
#: which edition of a published figure it is
VINTAGES: dict[str, Any] = {
    "": "",
    "as-published": lazy("As first published"),
    "estimate": lazy("Estimate"),
    "pre-4th-census": lazy("Before the fourth economic census"),
    "revised-4th-census": lazy("Revised after the fourth economic census"),
    "revised-5th-census": lazy("Revised after the fifth economic census"),
}
#: what a figure counts, where an indicator is counted in more than one way
DEFINITIONS: dict[str, Any] = {
    "": "",
    "along": lazy("countries along the route"),
    "joint": lazy("partner countries"),
    "operator": lazy("by place of the trader"),
    "origin": lazy("by domestic origin and destination"),
    "own-plan": lazy("as the unit's own plan counts"),
    "press": lazy("as the press reports"),
    "old-system": lazy("old statistical system"),
    "new-system": lazy("new statistical system"),
}
CONFIDENCES: dict[str, Any] = {
    "high": lazy("Firm source"),
    "medium": lazy("Fair source"),
    "low": lazy("Weak source"),
}
#: where a reading took the field from
RULES: dict[str, Any] = {
    "clause": lazy("said in the same clause"),
    "sentence": lazy("said in a sentence before"),
    "group": lazy("said of the group it belongs to"),
    "section": lazy("said in the heading above"),
    "document": lazy("the unit of the whole document"),
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
    "nation": lazy("Nation"),
    "national": lazy("National"),
    "provincial": lazy("Provincial"),
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


#: words that the engine writes into a sum; a sum is one text for both languages
_SUM_WORDS: dict[str, Any] = {
    "；原文": lazy("; as printed"),
    "；应": lazy("; should be"),
    "原文": lazy("as printed"),
    "列出": lazy("listed"),
    "；": lazy("; "),
}


def sum_text(text: str) -> str:
    """A sum of the engine with its few words in the reader's language."""
    for written, word in _SUM_WORDS.items():
        text = text.replace(written, str(word))
    return text


def observed(text: str) -> str:
    """An observed figure with the sign that the engine puts before it: ≥ 1,200, about 0.77."""
    bare = text.lstrip("约≥≤")
    sign = text[: len(text) - len(bare)]
    return _("about %(figure)s") % {"figure": figure(bare)} if sign == "约" else sign + figure(bare)


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
