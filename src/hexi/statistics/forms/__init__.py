"""Forms (报表制度): what is asked of whom, how often, by when; data of a pack, typed and dated.

forms = load_forms("gansu")
form = forms.at("enterprise-month", 202503)
form.items["output"].unit, form.due_day(202503).day
"""

from hexi.statistics.forms.frequency import (
    Frequency,
    as_period,
    before,
    ends_here,
    months_of,
    period_ends,
    shifted,
    year_before,
)
from hexi.statistics.forms.loading import Forms, check_forms, load_forms
from hexi.statistics.forms.nouns import CoverField, Form, Item, Reporting, Section
from hexi.statistics.forms.register_fields import REGISTER_FIELDS, reports_when

__all__ = [
    "REGISTER_FIELDS",
    "CoverField",
    "Form",
    "Forms",
    "Frequency",
    "Item",
    "Reporting",
    "Section",
    "as_period",
    "before",
    "check_forms",
    "ends_here",
    "load_forms",
    "months_of",
    "period_ends",
    "reports_when",
    "shifted",
    "year_before",
]
