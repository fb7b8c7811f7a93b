"""Fields of the promotion nouns (招商登记栏目): what forms, files, API and events call them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hexi.portal.promotion.entry import Field

__all__ = [
    "ACTIVITY",
    "AGENT",
    "AGREEMENT",
    "AIM",
    "CONTACT",
    "ENQUIRY",
    "FIRM",
    "PUBLIC_ENQUIRY",
    "VOUCHER",
]

_MONEY = _("In 万元, or with its unit, as 1.2亿元.")

ENQUIRY: Final = {
    "unit": Field(_("Unit that receives it"), "unit", True),
    "received": Field(_("Received on"), "past", True),
    "channel": Field(_("Channel"), "word", True, words="channel"),
    "firm": Field(_("Firm"), required=True),
    "firm_code": Field(_("Unified social credit code"), "code"),
    "contact": Field(_("Contact"), required=True, longest=120),
    "phone": Field(_("Telephone"), longest=40),
    "email": Field(_("E-mail"), longest=254),
    "what": Field(_("What is to be invested in"), "long", True),
    "industry": Field(_("Industry code"), "industry", hint=_("GB/T 4754-2017, for example 3411.")),
    "amount": Field(_("Investment amount"), "money", hint=_MONEY),
    "origin": Field(_("Origin of funds"), "origin"),
    "place": Field(_("Place wanted")),
}
PUBLIC_ENQUIRY: Final = {
    "unit": Field(_("Zone that you ask"), "unit", True),
    **{name: ENQUIRY[name] for name in ("firm", "firm_code", "contact", "phone", "email", "what",
                                        "amount", "place")},
}  # fmt: skip
CONTACT: Final = {
    "day": Field(_("Day"), "past", True),
    "way": Field(_("Way"), "word", True, words="way"),
    "people": Field(_("With whom"), longest=300),
    "text": Field(_("What was said"), "long", True),
    "next_step": Field(_("Next step"), longest=300),
    "next_due": Field(pgettext_lazy("promotion", "By"), "day"),
}
ACTIVITY: Final = {
    "unit": Field(_("Unit"), "unit", True),
    "name": Field(_("Name of the activity"), required=True),
    "kind": Field(_("Kind"), "word", True, words="activity"),
    "level": Field(pgettext_lazy("promotion", "Level"), "word", words="level"),
    "day": Field(_("First day"), "day", True),
    "until": Field(_("Last day"), "day"),
    "place": Field(pgettext_lazy("promotion", "Place")),
    "participants": Field(_("Participants"), "long"),
    "firms": Field(_("Firms met"), "count"),
    "note": Field(_("Note"), "long"),
}
AGENT: Final = {
    "unit": Field(_("Unit"), "unit", True),
    "name": Field(_("Name"), required=True),
    "kind": Field(_("Kind"), "word", True, words="agent"),
    "place": Field(_("Seat")),
    "contact": Field(_("Contact"), longest=120),
    "phone": Field(_("Telephone"), longest=40),
    "mandate": Field(_("Mandate")),
    "since": Field(_("Since"), "day", True),
    "until": Field(_("Until"), "day"),
    "note": Field(_("Note"), "long"),
}
FIRM: Final = {
    "unit": Field(_("Unit"), "unit", True),
    "of_list": Field(_("List"), "word", True, words="firms"),
    "name": Field(_("Name of the firm"), required=True),
    "code": Field(_("Unified social credit code"), "code"),
    "rank": Field(_("Rank"), "count"),
    "industry": Field(_("Industry"), longest=120),
    "seat": Field(_("Seat")),
    "source": Field(_("Source"), required=True, longest=300),
    "as_of": Field(_("As of"), "past", True),
    "note": Field(_("Note"), "long"),
}
AGREEMENT: Final = {
    "title": Field(_("Title"), required=True),
    "number": Field(pgettext_lazy("promotion", "Number"), longest=80),
    "parties": Field(_("Parties"), required=True, longest=400),
    "amount": Field(_("Investment agreed"), "money", hint=_MONEY),
}
VOUCHER: Final = {
    "day": Field(_("Day of payment"), "past", True),
    "amount": Field(pgettext_lazy("promotion", "Amount"), "money", True, hint=_MONEY),
    "kind": Field(_("Kind of funds"), "word", True, words="fund"),
    "payer": Field(_("Payer"), required=True),
    "payer_code": Field(_("Credit code of the payer"), "code"),
    "origin": Field(_("Origin of funds"), "origin", True),
    "payer_place": Field(
        _("Place of the payer"), "place", hint=_("GB/T 2260, for example 620105.")
    ),
    "note": Field(_("Note"), longest=300),
}
AIM: Final = {
    "amount": Field(_("Funds in place"), "money", hint=_MONEY),
    "growth": Field(_("Growth, per cent"), "percent"),
    "source": Field(_("Source"), required=True, longest=300),
}
