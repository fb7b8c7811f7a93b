"""Words of the promotion app's events (招商引资事件用语): acts, fields, codes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import lazy as lazily
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.projects.event_money import MONEY_WORDS
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.promotion import nouns
from hexi.portal.promotion.models import AgreementState, EnquiryState, VoucherState
from hexi.portal.promotion.models.enquiry import STEP_KINDS
from hexi.portal.promotion.wording import word
from hexi.promotion.words import load_words

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "register_enquiry": lazy("registered an enquiry"),
    "send_enquiry": lazy("sent an enquiry on the public form"),
    "answer_enquiry": lazy("answered an enquiry"),
    "ask_experts": lazy("asked experts on an enquiry"),
    "judge_enquiry": lazy("judged an enquiry"),
    "give_feedback": lazy("fed back on an enquiry"),
    "follow_up_enquiry": lazy("followed up an enquiry"),
    "close_enquiry": lazy("closed an enquiry"),
    "log_contact": lazy("logged a contact"),
    "settle_contact": lazy("settled a next step"),
    "keep_activity": lazy("entered an activity"),
    "link_result": lazy("linked a project to an activity"),
    "keep_agent": lazy("entered an agent"),
    "keep_firm": lazy("entered a target firm"),
    "import_firms": lazy("imported target firms"),
    "approach_firm": lazy("approached a target firm"),
    "draft_agreement": lazy("drafted an agreement"),
    "change_agreement": lazy("changed an agreement"),
    "check_agreement": lazy("checked an agreement for fair competition"),
    "sign_agreement": lazy("signed an agreement"),
    "drop_agreement": lazy("dropped an agreement"),
    "enter_voucher": lazy("entered funds in place"),
    "verify_voucher": lazy("verified funds in place"),
    "reverse_voucher": lazy("reversed funds in place"),
    "set_year_aim": lazy("set the aim of a year"),
}
#: kind of thing to the fields of its events
_NOUNS: dict[str, dict[str, Any]] = {
    "enquiry": nouns.ENQUIRY,
    "contactentry": nouns.CONTACT,
    "activity": nouns.ACTIVITY,
    "agent": nouns.AGENT,
    "targetfirm": nouns.FIRM,
    "agreement": nouns.AGREEMENT,
    "voucher": nouns.VOUCHER,
    "yearaim": nouns.AIM,
}
_OWN: dict[str, Any] = {
    "enquiry_step": lazy("Step"),
    "enquiry_state": lazy("Result"),
    "agreement_state": lazy("Result"),
    "voucher_state": lazy("Result"),
    "firms_entered": lazy("Firms entered"),
}
#: what events of promotion say in the same words
_SHARED: dict[str, Any] = {
    "amount": pgettext_lazy("promotion", "Amount"),
    "day": lazy("Day"),
    "project": lazy("Project"),
    "text": lazy("What was said or done"),
    "note": lazy("Note"),
    "file": lazy("File"),
    "articles": lazy("Articles broken"),
    "next_step": lazy("Next step"),
    "digest": lazy("Digest of the file"),
    "clauses": lazy("Clauses"),
    "heard": lazy("Who was heard"),
    "conclusion": lazy("Conclusion"),
    "signed_on": lazy("Signed on"),
    "verdict": lazy("Verdict"),
    "reverses": lazy("Reverses voucher"),
}
_VALUES: dict[str, Any] = {
    "amount": MONEY_WORDS,
    "origin": ORIGINS,
    "enquiry_step": dict(STEP_KINDS),
    "enquiry_state": dict(EnquiryState.choices),
    "agreement_state": dict(AgreementState.choices),
    "voucher_state": dict(VoucherState.choices),
}
_LISTS: dict[str, Any] = {
    "channel": lazy("Channel"),
    "way": lazy("Way"),
    "activity": lazy("Kind"),
    "level": lazy("Level"),
    "agent": lazy("Kind"),
    "firms": lazy("List"),
    "fund": lazy("Kind of funds"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    for thing, fields in _NOUNS.items():
        labels = {f"{thing}.{name}": field.label for name, field in fields.items()}
        name_values({**labels, **{f"{thing}.{name}": label for name, label in _SHARED.items()}}, {})
    lists = {f"promotion_{of}": label for of, label in _LISTS.items()}
    spoken = {f"promotion_{of}": _spoken(of) for of in _LISTS}
    name_values({**_OWN, **lists}, {**_VALUES, **spoken})


def _spoken(of: str) -> dict[str, Any]:
    """The words of a list, each said only when it is shown."""
    say = lazily(word, str)
    return {code: say(of, code) for code in load_words(settings.HEXI.pack)[of]}
