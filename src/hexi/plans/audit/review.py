"""The audit of plans (规划核算): every check over everything that was read.

All lines are returned, right ones too, with those that need a person first: broken identities,
then contradicting passages, then what is merely implausible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from hexi.catalogue import Catalogue
from hexi.plans.audit.announced import check_announced_parts
from hexi.plans.audit.cross_plan import check_outturn, check_upper
from hexi.plans.audit.cumulative import check_cumulative
from hexi.plans.audit.docket import open_docket
from hexi.plans.audit.finding import Finding, Rank, Verdict
from hexi.plans.audit.growth import check_growth
from hexi.plans.audit.growth_parts import check_part_growth, check_sector_growth
from hexi.plans.audit.horizon import check_bases, check_directions, check_horizon
from hexi.plans.audit.lists import check_lists
from hexi.plans.audit.named_parts import check_named_parts
from hexi.plans.audit.owners import check_values_of_two_owners
from hexi.plans.audit.park_tables import check_park_tables
from hexi.plans.audit.parks import check_parks
from hexi.plans.audit.ratios import (
    check_per_unit,
    check_productivity,
    check_ratios,
    check_sentence_ratios,
)
from hexi.plans.audit.rules import check_rules
from hexi.plans.audit.same_value import check_one_value_twice
from hexi.plans.audit.structure import check_remainders, check_splits
from hexi.plans.audit.sums import check_accounts, check_sums
from hexi.plans.audit.table_totals import check_table_totals
from hexi.plans.audit.twins import check_twins, check_twins_across
from hexi.plans.audit.units_pairs import (
    check_conversions,
    check_exchange_rates,
    check_unit_pairs,
)
from hexi.plans.documents.document import Document
from hexi.plans.register import Plan
from hexi.plans.statements.statement import Statement

__all__ = ["audit"]

#: a document, its statements, and its register (which the audit reads only for coherence)
Read = tuple[Document, Sequence[Statement], Plan | None]

_CHECKS = (
    check_growth,
    check_cumulative,
    check_sums,
    check_accounts,
    check_table_totals,
    check_splits,
    check_remainders,
    check_ratios,
    check_sentence_ratios,
    check_productivity,
    check_per_unit,
    check_unit_pairs,
    check_exchange_rates,
    check_conversions,
    check_lists,
    check_twins,
    check_twins_across,
    check_one_value_twice,
    check_named_parts,
    check_parks,
    check_park_tables,
    check_part_growth,
    check_sector_growth,
    check_announced_parts,
    check_values_of_two_owners,
    check_rules,
    check_horizon,
    check_directions,
    check_bases,
    check_upper,
    check_outturn,
)
_RANKS: dict[Rank, int] = {"identity": 0, "passages": 1, "plausibility": 2}
_GRAVITY = {
    Verdict.OUTSIDE: 0,
    Verdict.SUSPECT: 1,
    Verdict.OPEN: 2,
    Verdict.ROUNDING: 3,
    Verdict.PASS: 4,
    Verdict.EQUAL: 5,
}


def audit(
    plans: Sequence[Read], catalogue: Catalogue | None = None, upper: Sequence[Read] = ()
) -> list[Finding]:
    """All check lines over the plans, ordered by rank and gravity.

    ``upper`` plans are not audited themselves; they are what the plans are held against.
    """
    docket = open_docket([*plans, *upper], len(plans), catalogue)
    found = chain.from_iterable(check(docket) for check in _CHECKS)
    return sorted(_once(found), key=_order)


def _once(lines: Iterator[Finding]) -> Iterator[Finding]:
    seen: set[str] = set()
    for line in lines:
        key = f"{line.key}|{line.arithmetic}"
        if key not in seen:
            seen.add(key)
            yield line


def _order(line: Finding) -> tuple[bool, int, int, str, int]:
    first = line.evidence[0].start if line.evidence else 0
    return (
        not line.is_fault,
        _RANKS[line.rank],
        _GRAVITY[line.verdict],
        line.check,
        first,
    )
