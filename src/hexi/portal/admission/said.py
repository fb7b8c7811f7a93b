"""What a screening says, in words (筛查用语): results, outcomes and steps as people read them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

__all__ = [
    "OUTCOMES",
    "OUTCOME_LAMPS",
    "POLICIES",
    "RESULTS",
    "RESULT_LAMPS",
    "SEVERITIES",
    "STATUSES",
    "STATUS_LAMPS",
    "STEPS",
    "result_sentence",
]

#: what all rules together say
RESULTS: Final[dict[str, Any]] = {
    "admitted": pgettext_lazy("admission", "Admitted"),
    "incomplete": pgettext_lazy("admission", "Cannot be told yet"),
    "unmet": pgettext_lazy("admission", "Requirements not met"),
    "refused": pgettext_lazy("admission", "Refused"),
}
RESULT_LAMPS: Final = {
    "admitted": "met",
    "incomplete": "unknown",
    "unmet": "on_the_way",
    "refused": "missed",
}
#: what one rule says
OUTCOMES: Final[dict[str, Any]] = {
    "fails": pgettext_lazy("rule", "Not met"),
    "unknown": pgettext_lazy("rule", "Cannot be told"),
    "overridden": pgettext_lazy("rule", "Set aside"),
    "passes": pgettext_lazy("rule", "Met"),
    "not_applicable": pgettext_lazy("rule", "Does not apply"),
}
OUTCOME_LAMPS: Final = {
    "fails": "missed",
    "unknown": "unknown",
    "overridden": "on_the_way",
    "passes": "met",
    "not_applicable": "dismissed",
}
SEVERITIES: Final[dict[str, Any]] = {
    "bar": pgettext_lazy("rule", "Bars admission"),
    "must": pgettext_lazy("rule", "Must be met"),
    "advice": pgettext_lazy("rule", "Advice only"),
}
POLICIES: Final[dict[str, Any]] = {
    "UNIQUE": _("One rule at most applies"),
    "FIRST": _("The first rule that applies decides"),
    "COLLECT": _("Every rule that applies decides"),
}
#: what became of an agreed figure
STATUSES: Final[dict[str, Any]] = {
    "missed": pgettext_lazy("agreed figure", "Missed"),
    "on_the_way": pgettext_lazy("agreed figure", "On the way"),
    "no_data": pgettext_lazy("agreed figure", "No data"),
    "met": pgettext_lazy("agreed figure", "Met"),
}
STATUS_LAMPS: Final = {
    "missed": "missed",
    "on_the_way": "on_the_way",
    "no_data": "unknown",
    "met": "met",
}
#: what follows a stalled case
STEPS: Final[dict[str, Any]] = {
    "notify": _("Remind the investor in writing"),
    "verify": _("Investigate and decide whether the land is idle"),
    "fee": _("Investigate; if upheld, levy the idle-land fee"),
    "take_back": _("Investigate; if upheld, take the land back"),
}


def result_sentence(result: str, counts: dict[str, int]) -> str:
    """The result as a sentence; counts of binding rules by outcome, and of advice not met."""
    failed, unknown, passed = counts["fails"], counts["unknown"], counts["passes"]
    if result == "admitted":
        said = ngettext(
            "Can be admitted: the one rule that applies is met",
            "Can be admitted: all %(n)d rules that apply are met",
            passed,
        ) % {"n": passed}
        if counts["overridden"]:
            said = ngettext(
                "Can be admitted with %(k)d rule set aside; %(n)d are met",
                "Can be admitted with %(k)d rules set aside; %(n)d are met",
                counts["overridden"],
            ) % {"k": counts["overridden"], "n": passed}
    elif result == "incomplete":
        said = ngettext(
            "Cannot be told yet: %(n)d rule lacks an input",
            "Cannot be told yet: %(n)d rules lack an input",
            unknown,
        ) % {"n": unknown}
    elif result == "refused":
        said = ngettext(
            "Not to be admitted: %(n)d rule is not met, one of them a bar",
            "Not to be admitted: %(n)d rules are not met, a bar among them",
            failed,
        ) % {"n": failed}
    else:
        said = ngettext(
            "Not admitted as it is: %(n)d rule is not met",
            "Not admitted as it is: %(n)d rules are not met",
            failed,
        ) % {"n": failed}
    if unknown and result in ("refused", "unmet"):
        more = ngettext("%(n)d more cannot be told", "%(n)d more cannot be told", unknown) % {
            "n": unknown
        }
        said = _said(said, more)
    return said


def _said(first: str, more: str) -> str:
    return f"{first}{pgettext('between halves of a sentence', '; ')}{more}"
