"""Checking (审核): rules as data, one meaning in Python, in SQL and in the browser.

rules = load_rules("gansu").rules("enterprise-month", "2024")
for answer in check_return(rules, form, forms, filled, around):
    if answer.verdict is False:
        print(answer.rule.severity, answer.message, answer.arithmetic)
"""

from hexi.statistics.checking.answers import Answer, Cell, check_return
from hexi.statistics.checking.browser import around_record, rules_record
from hexi.statistics.checking.given import Around, Return
from hexi.statistics.checking.loading import check_rules, drafted_rules, load_rules
from hexi.statistics.checking.rules import Rule, RuleBook
from hexi.statistics.checking.sources import Source

__all__ = [
    "Answer",
    "Around",
    "Cell",
    "Return",
    "Rule",
    "RuleBook",
    "Source",
    "around_record",
    "check_return",
    "check_rules",
    "drafted_rules",
    "load_rules",
    "rules_record",
]
