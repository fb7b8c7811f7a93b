"""Random rules on random returns: SQL and the browser's script agree with Python on every one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.statistics.checking import Around, Return, Rule, check_return, rules_record
from hexi.statistics.checking.batch import column_name, compile_batch, failed_rows, fitted
from hexi.statistics.checking.exact import verdict
from hexi.statistics.checking.loading import drafted_rules
from hexi.statistics.checking.sql import Column
from hexi.statistics.forms import load_forms
from hexi.warehouse import Engine
from tests.statistics.checking.cases import WORDS_OF_A_RULE, by_node, node

ITEMS = ("output", "sales_value", "profit", "tax")
KEYS = (*ITEMS, "last(output)", "reporter.industry")
FORMS = load_forms("gansu")

constants = st.sampled_from(["0", "1", "2.5", "0.0001", "30%", "100000", "9999999.99"])
names = st.sampled_from([*ITEMS, "last(output)"])


def bigger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(part, part)
    return st.one_of(
        st.tuples(part, st.sampled_from("+-*/"), part).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        pair.map(lambda t: f"max({t[0]}, {t[1]})"),
        pair.map(lambda t: f"min({t[0]}, {t[1]})"),
        part.map(lambda t: f"abs({t})"),
        part.map(lambda t: f"zero({t})"),
        part.map(lambda t: f"-{t}"),
        st.tuples(part, part, part).map(lambda t: f"(if {t[0]} > 0 then {t[1]} else {t[2]})"),
    )


values = st.recursive(st.one_of(names, constants), bigger, max_leaves=5)
signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
comparisons = st.tuples(values, signs, values).map(" ".join)
plain = st.one_of(
    comparisons,
    values.map(lambda value: f"{value} is missing"),
    st.sampled_from(
        ['starts(reporter.industry, "C")', 'reporter.industry in ("C26", "A")', "output > 1"]
    ),
)
conditions = st.recursive(
    plain,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["and", "or"]), part).map(
            lambda t: f"(({t[0]}) {t[1]} ({t[2]}))"
        ),
        part.map(lambda t: f"not ({t})"),
    ),
    max_leaves=3,
)
missing = st.sampled_from(["skip_any", "skip_all", "zero"])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    written: dict[str, Any] = WORDS_OF_A_RULE | {
        "form": "enterprise-month",
        "versions": ["2024"],
        "kind": "range",
        "when": draw(st.one_of(st.just(""), conditions)),
    }
    if draw(st.booleans()):
        written |= {"check": draw(conditions)}
    else:
        written |= {
            "check": draw(comparisons),
            "missing_left": draw(missing),
            "missing_right": draw(missing),
            "tolerance": draw(st.sampled_from(["0", "0.5", "1000"])),
            "tolerance_relative": draw(st.sampled_from(["0", "5%"])),
        }
    bound, faults = drafted_rules(written, FORMS)
    assert not faults, [fault.sentence() for fault in faults]
    return bound[0]


figures = st.one_of(
    st.none(),
    st.sampled_from(["0", "1", "-1", "100", "0.0001", "99999999999999.9999", "-99999999999999"]),
    st.decimals(-(10**9), 10**9, places=4).map(str),
)
industries = st.sampled_from([None, "C26", "A", "B06"])
returns = st.lists(st.tuples(*[figures] * 5, industries), min_size=1, max_size=12)


def expected(rule: Rule, rows: list[tuple[Any, ...]]) -> list[bool | None]:
    found = []
    for row in rows:
        cells = dict(zip(KEYS, row, strict=True))
        given_ = {k: _figure(k, value) for k, value in cells.items()}
        found.append(verdict(rule.when, rule.check, given_))
    return found


def _figure(key: str, value: str | None) -> Fraction | str | None:
    return value if value is None or key == "reporter.industry" else Fraction(value)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rules(), min_size=1, max_size=4), returns, st.booleans())
def test_sql_agrees_with_python(
    engine: Engine, found: list[Rule], rows: list[tuple[Any, ...]], fit: bool
) -> None:
    table = {"reporter": pa.array(range(len(rows)), pa.int32())}
    for place, key in enumerate(KEYS[:-1]):
        cells = [None if row[place] is None else Decimal(row[place]) for row in rows]
        table[column_name(key)] = pa.array(cells, pa.decimal128(18, 4))
    table[column_name(KEYS[-1])] = pa.array([row[-1] for row in rows], pa.string())
    engine.register("t", pa.table(table))
    columns = {key: Column(column_name(key)) for key in KEYS[:-1]}
    columns[KEYS[-1]] = Column(column_name(KEYS[-1]), 0, 0)
    if fit:
        columns = fitted(engine, columns, "t")
    batch = compile_batch(found, columns, "t", ["reporter"], engine.dialect)
    failed = failed_rows(engine, batch, columns, "t")
    sql = [[rule.key for rule in batch.rules], failed]
    ordered = [*batch.rules, *batch.left_out]
    wanted = {
        (number,): keys
        for number in range(len(rows))
        if (keys := [r.key for r in ordered if expected(r, [rows[number]]) == [False]])
    }
    assert failed == wanted, sql
    counts = engine.fetch(batch.counts).to_pylist()[0].values() if batch.rules else ()
    told = [expected(rule, rows) for rule in batch.rules]
    assert list(counts) == [
        sum(1 for v in verdicts if v is kind) for verdicts in told for kind in (True, False, None)
    ]


@pytest.mark.slow
@pytest.mark.skipif(node() is None, reason="no Node on this machine")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rules(), min_size=20, max_size=40), returns)
def test_the_script_agrees_with_python(found: list[Rule], rows: list[tuple[Any, ...]]) -> None:
    form = FORMS.at("enterprise-month", 202503)
    program = node()
    assert program
    pages = []
    for row in rows:
        cells = dict(zip(KEYS, row, strict=True))
        state = {
            "values": {item: cells[item] for item in ITEMS},
            "around": {"values": {key: cells[key] for key in KEYS[4:]}},
        }
        record = rules_record(found, form, FORMS)
        pages.append({"record": record, "state": state, "period": 202503})
    for row, answers in zip(rows, by_node(pages, program), strict=True):
        cells = dict(zip(KEYS, row, strict=True))
        here = {item: Decimal(cells[item]) for item in ITEMS if cells[item] is not None}
        last = cells["last(output)"]
        before = {} if last is None else {"output": Decimal(last)}
        around = Around(
            {"industry": cells["reporter.industry"]},
            [Return("enterprise-month", 202502, before)],
        )
        told = check_return(found, form, FORMS, Return("enterprise-month", 202503, here), around)
        assert [(a["verdict"], a.get("arithmetic", "")) for a in answers] == [
            (answer.verdict, answer.arithmetic) for answer in told
        ]


def test_a_rule_that_would_grow_without_bound_in_sql_is_left_to_python(engine: Engine) -> None:
    deep = "output"
    for _ in range(30):
        deep = f"max({deep}, tax)"
    written = WORDS_OF_A_RULE | {
        "form": "enterprise-month",
        "versions": ["2024"],
        "kind": "range",
        "check": f"{deep} > 5",
    }
    rules_, faults = drafted_rules(written, FORMS)
    assert not faults
    figures = {"output": [Decimal(3)], "tax": [Decimal(4)]}
    engine.register("t", pa.table({"reporter": [1], **figures}))
    columns = {"output": Column("output"), "tax": Column("tax")}
    batch = compile_batch(rules_, columns, "t", ["reporter"], engine.dialect)
    assert batch.left_out == rules_
    assert failed_rows(engine, batch, columns, "t") == {(1,): ["T-1/1"]}
