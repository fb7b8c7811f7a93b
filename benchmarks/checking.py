"""Claim: five rules are checked on a million returns with a sixth of the CPU of vtlengine.

Returns lie in one Parquet file, a row each, with ten figures as exact decimals; about one in a
hundred breaks each rule. Hexi compiles the rules to one pass of DuckDB; the peer is vtlengine on
its own DuckDB engine, given the same rules as VTL 2.1 and the same file, in an environment of its
own (`make vtl`). Each runs in a fresh process; its CPU seconds are counted from after its imports,
and the rows that fail are compared one by one. Three sizes show that the cost is linear.

    python benchmarks/checking.py [--largest 4000000] [--rounds 3] [--no-peer]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

CLAIM_RATIO, CLAIM_GROWTH = 6.0, 1.5
FORM, VERSION = "enterprise-month", "2024"
RULES = ("EM-01", "EM-04", "EM-06", "EM-08", "EM-09")
ITEMS = (
    "output", "output_new", "sales_value", "revenue", "profit",
    "tax", "tax_vat", "tax_income", "tax_other", "energy",
)  # fmt: skip
ENGINE = Path(__file__).parent.parent / "build" / "vtl-venv" / "bin" / "python"

PEER = """
import json, resource, sys, time
import pandas as pd
from pathlib import Path
from vtlengine import run
job = json.loads(sys.argv[1])
measure = {"type": "Number", "role": "Measure", "nullable": True}
key = {"name": "reporter", "role": "Identifier", "type": "Integer", "nullable": False}
structure = [key, *({**measure, "name": name} for name in job["columns"])]
begun, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
result = run(
    script=job["text"] + "DS_r <- check_datapoint(DS, %s invalid);" % job["name"],
    data_structures={"datasets": [{"name": "DS", "DataStructure": structure}]},
    datapoints={"DS": Path(job["file"])},
    use_duckdb=True,
)
data = result["DS_r"].data
ended = resource.getrusage(resource.RUSAGE_SELF)
failed = pd.DataFrame({"reporter": data["reporter"], "rule": data["errorcode"]})
failed.sort_values(["rule", "reporter"]).to_csv(job["out"], index=False)
print(json.dumps({
    "cpu": ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime,
    "wall": time.perf_counter() - clock, "peak": ended.ru_maxrss / 1024, "failed": len(failed),
}))
"""


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def rules() -> list[Any]:
    from hexi.statistics.checking import load_rules

    found = load_rules("gansu").rules(FORM, VERSION)
    return [rule for rule in found if rule.id in RULES]


def write_returns(file: Path, rows: int) -> None:
    """Returns that keep the rules, but for one in a hundred of each."""
    import duckdb

    figures = {
        "output": "o",
        "output_new": "CASE WHEN b1 THEN o * 1.2 ELSE o * 0.3 END",
        "sales_value": "CASE WHEN b2 THEN o * 2 ELSE o * 0.95 END",
        "revenue": "o * 1.1",
        "profit": "o * 0.08",
        "tax": "CASE WHEN b3 THEN v + i + t + 10 ELSE v + i + t END",
        "tax_vat": "v",
        "tax_income": "i",
        "tax_other": "CASE WHEN reporter % 7 = 0 AND NOT b3 THEN NULL ELSE t END",
        "energy": "CASE WHEN b4 THEN o * 30 ELSE o * 0.4 END",
    }
    listed = ", ".join(f"CAST({sql} AS DECIMAL(18,4)) AS {name}" for name, sql in figures.items())
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.3)")
    connection.execute("SET threads = 1")  # the same figures in every run
    connection.execute(
        f"COPY (SELECT CAST(reporter AS INTEGER) AS reporter, {listed},"
        " CAST(CASE WHEN b5 THEN o * 3 ELSE o * 0.9 END AS DECIMAL(18,4)) AS output__last"
        " FROM (SELECT range AS reporter, round(exp(6 + 3 * random()), 2) AS o,"
        " round(20 * random(), 2) AS v, round(9 * random(), 2) AS i,"
        " CASE WHEN range % 7 = 0 THEN 0 ELSE round(5 * random(), 2) END AS t,"
        " random() < 0.01 AS b1, random() < 0.01 AS b2, random() < 0.01 AS b3,"
        f" random() < 0.01 AS b4, random() < 0.01 AS b5 FROM range({rows})))"
        f" TO '{file}' (FORMAT parquet, COMPRESSION zstd)"
    )


def check_here(file: str, out: str) -> None:
    """One measured run; printed as JSON for the process that asked."""
    import resource
    import time

    from hexi.statistics.checking.batch import compile_batch, failures_of
    from hexi.statistics.checking.sql import Column
    from hexi.warehouse import open_engine

    found = rules()
    begun, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    engine = open_engine("duckdb")
    table = engine.dialect.files([file])
    columns = {item: Column(item) for item in ITEMS} | {"last(output)": Column("output__last")}
    batch = compile_batch(found, columns, table, ["reporter"], engine.dialect)
    assert not batch.left_out
    rows = failures_of(batch, engine.fetch(batch.failures))
    failed = [(rule, keys[0]) for keys, rules in rows.items() for rule in rules]
    ended = resource.getrusage(resource.RUSAGE_SELF)
    spent = {
        "cpu": ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime,
        "wall": time.perf_counter() - clock,
        "peak": ended.ru_maxrss / 1024,
        "failed": len(failed),
    }
    lines = [f"{reporter},{rule}" for rule, reporter in sorted(failed)]
    Path(out).write_text("\n".join(["reporter,rule", *lines, ""]), encoding="utf-8")
    say(json.dumps(spent))


def best(run: Callable[[], list[str]], rounds: int) -> dict[str, float]:
    """The run with the least CPU: what others do on the machine only adds."""
    found: list[dict[str, float]] = []
    for _ in range(rounds):
        done = subprocess.run(run(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return min(found, key=lambda cost: cost["cpu"])


def hexi(file: Path, out: Path) -> list[str]:
    return [sys.executable, __file__, "--run", str(file), "--out", str(out)]


def peer(file: Path, out: Path) -> list[str]:
    from hexi.statistics.checking.vtl_export import export_rules

    (ruleset,) = export_rules(rules())
    job = {
        "text": ruleset.text,
        "name": ruleset.name,
        "file": str(file),
        "out": str(out),
        "columns": [*ITEMS, "output__last"],
    }
    return [str(ENGINE), "-c", PEER, json.dumps(job)]


def line(rows: int, name: str, cost: dict[str, float]) -> None:
    say(
        f"{rows:>12,} {name:10}{cost['cpu']:9.2f}{cost['wall']:9.2f}{cost['peak']:9.0f}"
        f"{cost['failed']:11,.0f}"
    )


def measured(folder: Path, largest: int, rounds: int, beside: bool) -> bool:
    held: list[bool] = []
    per_row: list[float] = []
    say(f"{'rows':>12} {'':10}{'CPU s':>9}{'wall s':>9}{'peak MB':>9}{'failures':>11}")
    for rows in (largest // 16, largest // 4, largest):
        file = folder / f"DS{rows}.parquet"
        write_returns(file, rows)
        own = folder / "hexi.csv"
        cost = best(lambda file=file, own=own: hexi(file, own), rounds)
        per_row.append(cost["cpu"] / rows)
        line(rows, "Hexi", cost)
        if not beside:
            continue
        other = folder / "peer.csv"
        theirs = best(lambda file=file, other=other: peer(file, other), max(1, rounds - 1))
        line(rows, "vtlengine", theirs)
        same = own.read_text().splitlines() == other.read_text().splitlines()
        ratio = theirs["cpu"] / cost["cpu"]
        say(f"{'':12} {ratio:.1f} times the CPU; {'the same' if same else 'OTHER'} rows fail")
        held.append(same)
        if rows >= 1_000_000:
            held.append(ratio >= CLAIM_RATIO)
    growth = per_row[-1] / per_row[0]
    say(f"CPU per row grows by {growth:.2f} over sixteen times the rows (1 is linear)")
    return all(held) and growth <= CLAIM_GROWTH


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=4_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--out", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        check_here(options.run, options.out)
        return 0
    beside = not options.no_peer
    if beside and not ENGINE.exists():
        say("no vtlengine here (make vtl): Hexi alone is measured")
        beside = False
    with tempfile.TemporaryDirectory() as folder:
        held = measured(Path(folder), options.largest, options.rounds, beside)
    say("claims hold" if held else "a claim does not hold")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
