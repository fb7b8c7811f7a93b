"""Rules of checking (审核规则): what must hold of a return, how grave it is, what is said.

A rule is data of a pack. Loaded, it is bound to one version of one form, its names are resolved
and its condition is one tree. It *holds*, *fails*, or does not apply: where its guard is not
true, or where a missing figure leaves the condition unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

from hexi.statistics.checking.meaning import Condition, Number, reads
from hexi.statistics.checking.message import Message
from hexi.statistics.checking.sources import Source

__all__ = ["KINDS", "MISSING", "SEVERITIES", "Kind", "Missing", "Rule", "RuleBook", "Severity"]

#: identity (勾稽), range, ratio, change on an earlier period, cross_form (表间), children (parent
#: against the sum of its children), outlier among peers
Kind = Literal["identity", "range", "ratio", "change", "cross_form", "children", "outlier"]
#: hard (强制): must be put right; explain (核实): put right or explained; info (提示)
Severity = Literal["hard", "explain", "info"]
#: what a side does with missing figures: the rule is skipped if any is missing, or only if all
#: are (the others count as zero), or all count as zero
Missing = Literal["skip_any", "skip_all", "zero"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
MISSING: Final[tuple[Missing, ...]] = get_args(Missing)


@dataclass(frozen=True)
class Rule:
    """One rule, bound to one version of a form."""

    id: str
    #: raised with every change of meaning; explanations and results name it
    version: int
    form: str
    form_version: str
    #: code of the dynamic section whose rows it is about, one by one; empty: the whole return
    rows: str
    kind: Kind
    severity: Severity
    name: str
    name_en: str
    #: guard: the rule applies where this is true
    when: Condition | None
    #: what must hold, tolerance and missing strategies worked in
    check: Condition
    #: the two sides of a comparison, for the arithmetic; None where the check has none
    left: Number | None
    right: Number | None
    #: the sign between the sides as it was written
    operator: str
    message: Message
    message_en: Message
    #: first and last period (YYYYMM) that it is used for
    since: int
    until: int
    #: expression as written, for people and for exchange
    check_source: str
    when_source: str
    file: str
    line: int

    @property
    def key(self) -> str:
        """Rule and version, as results and explanations name it: ``EM-01/2``."""
        return f"{self.id}/{self.version}"

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What it reads, each once: the condition first, then guard and message."""
        found = list(reads(self.check))
        found += reads(self.when) if self.when else []
        for message in (self.message, self.message_en):
            found += message.sources
        return tuple(dict.fromkeys(found))

    @cached_property
    def cells(self) -> tuple[Source, ...]:
        """Figures of returns in the condition: what a failure points at.

        An explanation is bound to them. The fences of peers move with every return that is handed
        in, and a reason does not lapse by what others report.
        """
        found = dict.fromkeys(reads(self.check))
        return tuple(s for s in found if s.kind not in ("peers_low", "peers_high"))

    @cached_property
    def tested(self) -> tuple[Source, ...]:
        """Sources that the verdict hangs on: those of the condition and of the guard."""
        found = [*reads(self.check), *(reads(self.when) if self.when else ())]
        return tuple(dict.fromkeys(found))

    def applies(self, period: int) -> bool:
        """True for a period (YYYYMM) that the rule is in use for."""
        return self.since <= period <= self.until


@dataclass(frozen=True)
class RuleBook:
    """All rules of a pack, each bound to every version of its form."""

    by_form: Mapping[tuple[str, str], tuple[Rule, ...]]

    def rules(self, form: str, version: str, period: int | None = None) -> tuple[Rule, ...]:
        """Rules for returns on a version of a form, in the order of the pack."""
        found = self.by_form.get((form, version), ())
        return found if period is None else tuple(rule for rule in found if rule.applies(period))

    def rule(self, form: str, version: str, rule_id: str) -> Rule:
        """One rule; KeyError where there is none."""
        for rule in self.by_form.get((form, version), ()):
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
