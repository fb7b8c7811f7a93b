"""Claim: a province's whole round of assessment is done, explained and printed within 15 seconds.

60 zones, the 53 indicators of the national method of 2016, ten years of data: every year scored and
ranked, 1,000 runs that vary all choices, the explanation of every zone in sentences, what follows
from the ranks, the chance of each rule next year, the bulletin in Word and the workbook of live
formulas. CPU seconds of each step, then all of it.

    python benchmarks/assessment_year.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import process_time

import numpy as np

from hexi.assessment.certainty import perturb
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.explanation import explain_all, history_of, say
from hexi.assessment.outcomes import Round, chances, coming_ranks, propose, round_of, rules_for
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import load_schemes
from hexi.assessment.scheme.nouns import Scheme
from hexi.reports import assessment_docx, assessment_xlsx

CLAIM_SECONDS = 15.0
ZONES, YEARS, DRAWS = 60, 10, 1000


@dataclass
class Clock:
    """CPU seconds by step."""

    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = process_time()
        yield
        self.steps[name] = self.steps.get(name, 0.0) + process_time() - start

    @property
    def whole(self) -> float:
        return sum(self.steps.values())


def made(scheme: Scheme, last: int) -> Matrix:
    """Ten years of figures of zones that grow at rates of their own, one cell in fifty missing."""
    drawn = np.random.default_rng(2020)
    items = tuple(item.id for item in scheme.items())
    own = np.repeat(drawn.normal(1.05, 0.02, (1, ZONES, 1)), len(items), axis=2)
    growth = own * drawn.normal(1.0, 0.04, (YEARS, ZONES, len(items)))
    values = (drawn.lognormal(3, 0.6, (ZONES, len(items))) * np.cumprod(growth, axis=0)).round(2)
    values[drawn.random(values.shape) < 0.02] = np.nan
    ids = tuple(f"z{place:02}" for place in range(ZONES))
    classes = sorted({name for group in scheme.groups() for name in group.by_class}) or ["西部"]
    regions = tuple(classes[place % len(classes)] for place in range(ZONES))
    years = tuple(range(last - YEARS + 1, last + 1))
    return Matrix(ids, ids, items, years, values, {"region": regions})


def provincial(scheme: Scheme, matrix: Matrix) -> tuple[Clock, dict[str, int]]:
    """The whole round; seconds by step, and how much came of each."""
    clock, sizes = Clock(), {}
    with clock.step("score and rank ten years"):
        results = [
            assess(
                scheme, replace(matrix, years=matrix.years[: k + 1], values=matrix.values[: k + 1])
            )
            for k in range(len(matrix.years))
        ]
    result, last = results[-1], results[-2]
    with clock.step(f"{DRAWS:,} runs that vary all choices"):
        certainty = perturb(scheme, result.matrix, draws=DRAWS, result=result)
    with clock.step("explanations of every zone, in sentences"):
        explained = explain_all(result, last=last)
        sizes["sentences"] = sum(len(say(one, result)) for one in explained)
    with clock.step("what follows, and its chance next year"):
        (rules,) = rules_for(scheme, result.year)
        rounds = [round_of(one) for one in results]
        proposals = propose(rules, rounds)
        coming = Round(
            result.year + 1, matrix.units, matrix.names, result.ranks, result.scores,
            matrix.attributes,
        )  # fmt: skip
        ranks = coming_ranks(history_of(results).scores, draws=DRAWS)
        sizes["proposals"] = len(proposals.proposals)
        sizes["chances"] = len(chances(rules, rounds, coming, ranks))
    with clock.step("bulletin in Word"):
        sizes["docx bytes"] = len(
            assessment_docx.render(result, last=last, certainty=certainty, proposals=[proposals])
        )
    with clock.step("workbook of live formulas"):
        sizes["xlsx bytes"] = len(assessment_xlsx.render(result))
    return clock, sizes


def main() -> int:
    scheme = load_schemes().in_force("etdz", 2019)
    items = len(tuple(scheme.items()))
    clock, sizes = provincial(scheme, made(scheme, 2019))
    print(f"{ZONES} zones, {items} indicators, {YEARS} years: CPU seconds")
    for name, took in clock.steps.items():
        print(f"  {name}: {took:.2f}")
    print(f"all of it: {clock.whole:.2f} (claim: within {CLAIM_SECONDS:.0f})")
    print(", ".join(f"{name} {size:,}" for name, size in sizes.items()))
    return 0 if clock.whole <= CLAIM_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
