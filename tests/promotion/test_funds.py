"""Counting funds in place (到位资金认定): reasons, copies, reversals; properties of any ledger."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.promotion.fund_rules import load_fund_rules
from hexi.promotion.funds import DUPLICATE, Vouchers, count, monthly

RULES = load_fund_rules("gansu")
PLAIN: dict[str, Any] = {
    "id": 1, "project": 1, "day": 20260315, "amount": 10_000_000, "kind": "capital",
    "origin": "province_outside", "payer": "甲公司", "digest": "", "state": "verified",
    "distinct": False, "reverses": 0, "industry": "C38", "payer_city": "3301",
    "project_city": "6201",
}  # fmt: skip


def reasons(*changes: dict[str, Any]) -> list[str]:
    rows = [{**PLAIN, "id": number, **one} for number, one in enumerate(changes, 1)]
    return list(count(Vouchers.of(rows), RULES).reason)


def test_each_rule_gives_its_reason() -> None:
    told = reasons(
        {},
        {"origin": "local", "payer": "乙"},
        {"kind": "fiscal", "payer": "丙"},
        {"kind": "working", "payer": "丁"},
        {"kind": "loan", "payer": "戊"},
        {"kind": "land", "payer": "己"},
        {"industry": "7010", "payer": "庚"},
        {"industry": "K70", "payer": "辛"},
        {"payer_city": "6201", "payer": "壬"},
        {"state": "pending", "payer": "癸"},
        {"state": "rejected", "payer": "子"},
        {"payer_city": "", "project_city": "", "payer": "丑"},
    )
    assert told == [
        "", "local-money", "public-money", "working-capital", "loan", "land-price", "real-estate",
        "real-estate", "moved-within-city", "pending", "rejected", "",
    ]  # fmt: skip


def test_a_rule_does_not_reach_back() -> None:
    assert reasons({"origin": "local", "day": 20081231}) == [""]


def test_a_copy_is_named_with_what_it_repeats() -> None:
    rows = [
        {**PLAIN, "id": 7},
        {**PLAIN, "id": 3},
        {**PLAIN, "id": 9, "payer": "乙", "digest": "ab"},
        {**PLAIN, "id": 11, "payer": "丙", "amount": 5, "digest": "ab"},
        {**PLAIN, "id": 12, "payer": "丁", "digest": "ab", "distinct": True},
    ]
    told = count(Vouchers.of(rows), RULES)
    assert list(told.reason) == [DUPLICATE, "", "", DUPLICATE, ""]
    assert list(told.copy_of) == [3, 0, 0, 9, 0]


def test_a_reversal_shares_the_fate_of_what_it_reverses() -> None:
    back = {"amount": -10_000_000, "reverses": 1, "day": 20260420}
    rows = [PLAIN, {**PLAIN, "id": 2, **back}]
    columns = Vouchers.of(rows)
    told = count(columns, RULES)
    assert list(told.reason) == ["", ""]
    assert monthly(columns, told) == {
        (202603, "province_outside"): 10_000_000, (202604, "province_outside"): -10_000_000,
    }  # fmt: skip
    assert reasons({"origin": "local"}, {"origin": "local", **back}) == ["local-money"] * 2
    # while the reversal waits, the money still counts
    assert reasons({}, {**back, "state": "pending"}) == ["", "pending"]


def test_what_was_taken_back_is_no_longer_repeated() -> None:
    back = {"amount": -10_000_000, "reverses": 1}
    assert reasons({}, back, {}) == ["", "", ""]
    assert reasons({}, {**back, "state": "pending"}, {}) == ["", "pending", DUPLICATE]


def test_an_empty_ledger_counts_nothing() -> None:
    columns = Vouchers.of([])
    assert monthly(columns, count(columns, RULES)) == {}


LEDGER = st.lists(
    st.fixed_dictionaries(
        {
            "project": st.integers(1, 4),
            "day": st.sampled_from([20260105, 20260131, 20260210]),
            "amount": st.sampled_from([100, 250, 1000]),
            "kind": st.sampled_from(["capital", "equipment", "fiscal", "loan"]),
            "origin": st.sampled_from(["local", "province_outside", "foreign"]),
            "payer": st.sampled_from(["甲", "乙", "丙"]),
            "digest": st.sampled_from(["", "a", "b"]),
            "state": st.sampled_from(["pending", "verified", "verified", "rejected"]),
            "distinct": st.booleans(),
            "industry": st.sampled_from(["C38", "7010"]),
            "payer_city": st.sampled_from(["", "6201", "3301"]),
            "back": st.booleans(),
        }
    ),
    max_size=14,
)


def ledger(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as a ledger has them: some are followed by their reversal."""
    rows: list[dict[str, Any]] = []
    for one in drawn:
        back = one.pop("back")
        row = {**PLAIN, **one, "id": len(rows) + 1}
        rows.append(row)
        if back:
            gone = {"amount": -row["amount"], "reverses": row["id"], "id": len(rows) + 1}
            rows.append({**row, **gone})
    return rows


@settings(max_examples=150, deadline=None)
@given(LEDGER, st.randoms(use_true_random=False))
def test_counted_and_excluded_are_all_and_the_order_is_nothing(drawn: Any, chance: Any) -> None:
    rows = ledger([dict(one) for one in drawn])
    columns = Vouchers.of(rows)
    told = count(columns, RULES)
    amount = columns.amount
    assert int(amount[told.counted].sum() + amount[~told.counted].sum()) == int(amount.sum())
    assert sum(monthly(columns, told).values()) == int(amount[told.counted].sum())
    shuffled = rows[:]
    chance.shuffle(shuffled)
    other = Vouchers.of(shuffled)
    again = count(other, RULES)
    assert dict(zip(columns.id, told.reason, strict=True)) == dict(
        zip(other.id, again.reason, strict=True)
    )
    assert monthly(columns, told) == monthly(other, again)


@settings(max_examples=100, deadline=None)
@given(LEDGER)
def test_no_file_and_no_payment_counts_twice(drawn: Any) -> None:
    rows = [row for row in ledger([{**one, "distinct": False, "back": False} for one in drawn])]
    columns = Vouchers.of(rows)
    counted = np.flatnonzero(count(columns, RULES).counted)
    paid = [(columns.payer[a], columns.amount[a], columns.day[a]) for a in counted]
    files = [columns.digest[a] for a in counted if columns.digest[a]]
    assert len(set(paid)) == len(paid) and len(set(files)) == len(files)
