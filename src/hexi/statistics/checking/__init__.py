"""Checking (审核): rules as data, one meaning in Python, in SQL and in the browser.

rules = load_rules("gansu").rules("enterprise-month", "2024")
for answer in check_return(rules, form, forms, filled, around):
    if answer.verdict is False:
        print(answer.rule.severity, answer.message, answer.arithmetic)
"""

from hexi.statistics.checking.answers import Answer, Cell, check_return
from hexi.statistics.checking.browser import around_record, rules_record
from hexi.statistics.checking.explanations import (
    Explanation,
    Query,
    explanation_of,
    lapsed,
    query_of,
    standing,
    touched,
    unexplained,
)
from hexi.statistics.checking.facts_table import Facts
from hexi.statistics.checking.given import Around, Return
from hexi.statistics.checking.loading import check_rules, drafted_rules, load_rules
from hexi.statistics.checking.peer_rules import fewest_peers
from hexi.statistics.checking.peers import fences_sql, peer_sources, peers_of
from hexi.statistics.checking.report import Event, can_be_submitted, summary, validation_report
from hexi.statistics.checking.rules import Rule, RuleBook
from hexi.statistics.checking.sources import Source
from hexi.statistics.checking.tryout import Outcome, check_period, try_out
from hexi.statistics.checking.vtl_export import export_rules
from hexi.statistics.checking.vtl_import import import_rules
from hexi.statistics.checking.vtl_trees import export_trees

__all__ = [
    "Answer",
    "Around",
    "Cell",
    "Event",
    "Explanation",
    "Facts",
    "Outcome",
    "Query",
    "Return",
    "Rule",
    "RuleBook",
    "Source",
    "around_record",
    "can_be_submitted",
    "check_period",
    "check_return",
    "check_rules",
    "drafted_rules",
    "explanation_of",
    "export_rules",
    "export_trees",
    "fences_sql",
    "fewest_peers",
    "import_rules",
    "lapsed",
    "load_rules",
    "peer_sources",
    "peers_of",
    "query_of",
    "rules_record",
    "standing",
    "summary",
    "touched",
    "try_out",
    "unexplained",
    "validation_report",
]
