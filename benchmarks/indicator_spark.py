"""Spark's side of ``indicators.py``: the same figures by staged SQL on a local Spark session.

Written for Spark as one writes for it: one scan of all files to park x month x item, kept in
memory, then columns, levels, years and growth. CPU seconds are those of the Java process from the
first statement to the answer, without its start. Needs ``make engines`` and runs in that
environment:

    build/engines-venv/bin/python benchmarks/indicator_spark.py 20
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from facts import World, world
from indicator_peers import RATIOS, SUMS, finish_sql

MEMORY = "6g"
TICKS = os.sysconf("SC_CLK_TCK")


def run_spark(spark: object, facts: World) -> object:
    """The answer as Arrow; columns as the hand-written DuckDB SQL has them."""
    sql = spark.sql  # type: ignore[attr-defined]
    for name in ("membership", "edge"):
        table = spark.createDataFrame(facts.table(name))  # type: ignore[attr-defined]
        table.createOrReplaceTempView(name)
    files = [str(path) for _period, path in facts.segments]
    spark.read.parquet(*files).createOrReplaceTempView("facts")  # type: ignore[attr-defined]

    def stage(name: str, text: str) -> None:
        sql(text).localCheckpoint(eager=True).createOrReplaceTempView(name)

    stage(
        "base",
        "select m.unit as park, f.period as period, f.item as item,"
        " cast(sum(f.value) as decimal(38,4)) as total, count(*) as n from facts f"
        " join membership m on f.reporter = m.reporter and m.since <= f.period"
        " and m.until > f.period where f.facet = 0 group by m.unit, f.period, f.item",
    )
    used = range(SUMS + RATIOS)
    pivot = ", ".join(
        f"sum(case when item = {k} then total end) as t{k},"
        f" cast(sum(case when item = {k} then n end) as int) as n{k}"
        for k in used
    )
    stage("level0", f"select park as unit, period, {pivot} from base group by park, period")
    sums = ", ".join(f"sum(t{k}) as t{k}, cast(sum(n{k}) as int) as n{k}" for k in used)
    for level in (1, 2, 3):
        stage(
            f"level{level}",
            f"select e.parent as unit, l.period, {sums} from level{level - 1} l"
            " join edge e on l.unit = e.unit and l.period >= e.since and l.period < e.until"
            " group by e.parent, l.period",
        )
    stage("units", " union all ".join(f"select * from level{level}" for level in range(4)))
    years = ", ".join(f"sum(b.t{k}) as y{k}" for k in used)
    stage(
        "years",
        f"select a.unit, a.period, {years} from units a join units b on a.unit = b.unit"
        " and a.period div 100 = b.period div 100 and b.period <= a.period"
        " group by a.unit, a.period",
    )
    dated = ", ".join(f"case when t{k} is not null then y{k} end as y{k}" for k in used)
    plain = ", ".join(f"t{k}, n{k}" for k in used)
    stage("u", f"select unit, period, {plain}, {dated} from units join years using (unit, period)")
    return sql(finish_sql().replace('"', "`")).toArrow()


def java_cpu(pid: int) -> float:
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def java_peak(pid: int) -> float:
    """Most memory of a process so far, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    from pyspark.sql import SparkSession

    facts = world(int(sys.argv[1]) * 1_000_000)
    builder = SparkSession.builder.master("local[2]").appName("benchmark")
    settings = {
        "spark.driver.memory": MEMORY,
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        # its optimizer loses a column of a union of checkpoints (NoSuchElementException, 4.3.0)
        "spark.sql.constraintPropagation.enabled": "false",
        # a growth on nothing is missing, not an error
        "spark.sql.ansi.enabled": "false",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    java = spark.sparkContext._gateway.proc.pid
    cpu, wall = java_cpu(java) + time.process_time(), time.perf_counter()
    answer = run_spark(spark, facts)
    spent = {
        "cpu": java_cpu(java) + time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak": java_peak(java) + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": answer.num_rows,  # type: ignore[attr-defined]
    }
    spark.stop()
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
