"""Claim: 10,000 projects are screened by 40 rules within a second of CPU, each result explained.

Projects of every kind are made, a tenth of their figures left out. Rules are the pack's and, up to
forty, further demands on the same fields. Measured is everything from Python records to results,
missing inputs and a sentence for each rule that fails or cannot be told; and, beside it, the part
that runs on columns alone. Three sizes show that the cost is linear.

    python benchmarks/admission.py [--projects 10000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import resource
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from hexi.admission import Projects, Row, Table, load_rulebook, screen_many
from hexi.admission.conditions import parse_spans

CLAIM_CPU, CLAIM_RULES, CLAIM_GROWTH = 1.0, 40, 1.5
ON = date(2026, 11, 21)
MISSING = 0.1


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def made(count: int, book: Any) -> list[dict[str, Any]]:
    """Projects whose figures lie around what the rules demand."""
    rng = np.random.default_rng(11)
    space = book.space(ON)
    columns: dict[str, list[Any]] = {}
    typical = {
        "investment": 30000, "land": 100, "tax": 2000, "plot_ratio": 0.9, "green_rate": 15,
        "building_coefficient": 35, "office_land": 6, "energy": 900, "electricity": 400,
        "value_added": 900,
    }  # fmt: skip
    for field in book.fields.values():
        if field.parts:
            continue
        if field.numeric:
            middle = typical.get(field.id, 5.0)
            values = np.minimum(middle * rng.lognormal(0, 0.4, count), field.most)
            columns[field.id] = values.tolist()
        else:
            columns[field.id] = rng.choice(space.members(field.id), count).tolist()
    left_out = {name: (rng.random(count) < MISSING).tolist() for name in columns}
    return [
        {name: values[n] for name, values in columns.items() if not left_out[name][n]}
        for n in range(count)
    ]


def forty(book: Any) -> tuple[Table, ...]:
    """The rules in force, and as many further demands as make forty."""
    tables = book.in_force(ON)
    spare = CLAIM_RULES - sum(len(table.rows) for table in tables)
    model = tables[-1]
    numbers = [field.id for field in book.fields.values() if field.numeric]
    rows = tuple(
        Row(f"more-{n}", f"附加要求{n}", f"further demand {n}", {},
            {numbers[n % len(numbers)]: parse_spans(">= 3")}, "need", "", 0)
        for n in range(max(spare, 0))
    )  # fmt: skip
    further = replace(model, id="further", policy="COLLECT", scope={}, rows=rows)
    return (*tables, further) if rows else tables


def measured(count: int, book: Any, tables: Any) -> tuple[float, float, int]:
    records = made(count, book)
    space = book.space(ON)
    begun = cpu()
    projects = Projects.of(records, space)
    read = cpu()
    found = screen_many(projects, tables, ON)
    judged = cpu()
    sentences = found.sentences()
    missing = [found.missing(n) for n in range(count)]
    ended = cpu()
    assert len(missing) == count
    # Every project that is not admitted says why.
    assert all(sentences[n] for n in np.flatnonzero(found.results > 0))
    return ended - begun, judged - read, sum(map(len, sentences))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    book = load_rulebook()
    tables = forty(book)
    rules = sum(len(table.rows) for table in tables)
    say(f"{rules} rules; {'projects':>10}{'CPU s':>9}{'columns':>9}{'sentences':>11}")
    costs: list[float] = []
    for count in (options.projects // 4, options.projects, options.projects * 4):
        rounds = [measured(count, book, tables) for _ in range(options.rounds)]
        whole, columns, said = min(rounds)
        costs.append(whole)
        say(f"{'':10}{count:>10,}{whole:9.2f}{columns:9.3f}{said:11,}")
    growth = costs[2] / costs[0] / 16
    say(f"CPU per project grows by {growth:.2f} over sixteen times the projects (1 is linear)")
    held = rules >= CLAIM_RULES and costs[1] <= CLAIM_CPU and growth <= CLAIM_GROWTH
    say("claims hold" if held else "a claim does not hold")
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
