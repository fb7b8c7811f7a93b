"""Claim: rankings cost a fifth of the fastest peer's time, and say how sure they are in a second.

60, 3,000 and 100,000 units by 50 indicators beside pymcdm and scikit-criteria on the same matrix in
the same run: entropy weights with TOPSIS, min-max with a weighted sum, 1,000 sets of weights with
rank intervals; Sobol indices of six choices at 60 units. CPU seconds, the least of several runs,
both sides with one thread for products of matrices: more of them burn time and gain none.
pyDecision is under the GPL and is not run. The peers have an environment of their own:

    python benchmarks/assessment.py [--no-peer]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

# read when numpy is loaded, here and in the peers' process
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.certainty import Choices, perturb, sobol
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.plain import Plain
from hexi.assessment.run import assess, rank_best_first
from hexi.assessment.scheme.nouns import (
    Group,
    Item,
    MinMax,
    Missing,
    Named,
    Scheme,
    Source,
    Treatment,
)
from hexi.assessment.scoring.aggregate import aggregate
from hexi.assessment.weighting.correlation import critic_weights

CLAIM_RATIO = 5.0
#: CPU seconds of 1,000 sets of weights by units, of Sobol indices, and megabytes at most
CLAIM_MANY, CLAIM_SOBOL, CLAIM_MEMORY = {3_000: 0.25, 100_000: 6.0}, 1.0, 1024
SIZES, ITEMS = (60, 3_000, 100_000), 50
PEER_PYTHON = Path(__file__).parent.parent / "build" / "mcdm-venv" / "bin" / "python"
PEER = Path(__file__).with_name("assessment_peer.py")


def say(text: str) -> None:
    print(text, flush=True)


def timed(work: Callable[[], object], seconds: float = 1.0) -> float:
    """The least CPU time of a few runs."""
    best, spent = float("inf"), 0.0
    while spent < seconds:
        start = process_time()
        work()
        took = process_time() - start
        best, spent = min(best, took), spent + max(took, 1e-3)
    return best


def made(units: int, *, awkward: bool = False) -> tuple[Scheme, Matrix, NDArray[np.int64]]:
    """Figures of size and of rates; every fifth is better when lower."""
    drawn = np.random.default_rng(units)
    values = drawn.lognormal(3, 0.6, (units, ITEMS)).round(2)
    if awkward:
        values[drawn.random(values.shape) < 0.02] = np.nan
    directions = np.where(np.arange(ITEMS) % 5 == 4, -1, 1)
    names = tuple(f"i{place}" for place in range(ITEMS))
    treatment = Treatment(winsorise=3) if awkward else Treatment()
    items = tuple(
        Item(name, Named(name, name), "", "", int(way), MinMax(), 1.0, treatment=treatment)  # type: ignore[arg-type]
        for name, way in zip(names, directions, strict=True)
    )
    scheme = Scheme(
        "made", "1", Named("测", "made"), "zones", 2020, None, Source("made"),
        Group("made", Named("测", "made"), 1.0, items), missing=Missing("leave_out"),
    )  # fmt: skip
    ids = tuple(f"u{place}" for place in range(units))
    grain = np.full(ITEMS, 0.005)
    return scheme, Matrix(ids, ids, names, (2020,), values[None], grain=grain), directions


def peer(matrix: Matrix, directions: NDArray[np.int64]) -> tuple[dict[str, float], dict]:
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("values.npy", "ways.npy", "out.npz")]
        np.save(files[0], matrix.now)
        np.save(files[1], directions)
        done = subprocess.run(
            [PEER_PYTHON, "-W", "ignore", PEER, *files],
            check=True,
            capture_output=True,
            text=True,
        )
        with np.load(files[2]) as held:
            return json.loads(done.stdout.splitlines()[-1]), dict(held)


def ours(matrix: Matrix, directions: NDArray[np.int64]) -> dict[str, float]:
    values, even = matrix.now, np.full(ITEMS, 1 / ITEMS)

    def topsis() -> None:
        table = Plain.of(values, directions)
        rank_best_first(table.topsis(table.entropy()))

    def added() -> None:
        rank_best_first(Plain.of(values, directions).weighted_sum(even))

    return {"topsis": timed(topsis), "sum": timed(added)}


def alike(found: NDArray[np.float64], theirs: NDArray[np.float64]) -> float:
    """Rank correlation."""
    places = [np.argsort(np.argsort(one)) for one in (found, theirs)]
    return float(np.corrcoef(*places)[0, 1])


def agreement(matrix: Matrix, directions: NDArray[np.int64], answers: dict) -> bool:
    """The peers' scores where they mean the same, and how close the others are."""
    even = np.full(ITEMS, 1 / ITEMS)
    table = Plain.of(matrix.now, directions)
    shares = (matrix.now * table.slope) + table.offset
    spread = np.broadcast_to(even, shares.shape)
    total = table.weighted_sum(even) / 100
    exact = {
        "weighted sum (pymcdm)": np.abs(answers["pymcdm_sum"] - total).max(),
        "TOPSIS after min-max (pymcdm)": np.abs(
            answers["minmax_topsis"] - table.topsis(even) / 100
        ).max(),
        "CRITIC (pymcdm)": np.abs(answers["critic"] - critic_weights(shares)).max(),
        "VIKOR's Q (pymcdm)": np.abs(
            answers["vikor"] - (1 - aggregate(shares, spread, "vikor") / 100)
        ).max(),
    }
    for name, gap in exact.items():
        say(f"  {name}: largest difference {gap:.1e}")
    # entropy of raw shares hangs on where zero lies; ours is taken after min-max
    own = table.topsis(table.entropy())
    for name in ("pymcdm_topsis", "scikit_criteria_topsis"):
        say(f"  entropy + {name}: rank correlation {alike(own, answers[name]):.4f}")
    return max(exact.values()) < 1e-9


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-peer", action="store_true")
    beside = not parser.parse_args().no_peer and PEER_PYTHON.exists()
    good = True
    say(f"CPU seconds, {ITEMS} indicators")
    for units in SIZES:
        scheme, matrix, directions = made(units)
        held = ours(matrix, directions)
        say(f"\n{units:,} units: entropy + TOPSIS {held['topsis']:.5f}, sum {held['sum']:.5f}")
        result = assess(scheme, matrix)
        full = timed(lambda s=scheme, m=matrix: assess(s, m))
        say(f"  a whole run with every step kept {full:.4f}")
        sets = Choices(weights=0.25)
        many = timed(
            lambda s=scheme, m=matrix, r=result, c=sets: perturb(s, m, choices=c, result=r), 0.5
        )
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(f"  1,000 sets of weights with rank intervals {many:.3f} ({memory} MB at most so far)")
        good = good and many <= CLAIM_MANY.get(units, float("inf")) and memory <= CLAIM_MEMORY
        if not beside:
            continue
        seconds, answers = peer(matrix, directions)
        for name, took in seconds.items():
            mine = many if name.endswith("many") else held[name.rpartition(" ")[2]]
            say(f"  {name}: {took:.4f}, {took / mine:.1f} times ours")
        for kind in ("topsis", "sum"):
            fastest = min(took for name, took in seconds.items() if name.endswith(kind))
            good = good and (units < 3_000 or fastest >= CLAIM_RATIO * held[kind])
        good = agreement(matrix, directions, answers) and good
    scheme, matrix, _ = made(60, awkward=True)
    result = assess(scheme, matrix)
    took = timed(lambda: sobol(scheme, matrix, result=result))
    found = sobol(scheme, matrix, result=result)
    count = len(found.factors)
    say(f"\nSobol indices of {count} choices, {found.runs:,} runs, 60 units: {took:.2f}")
    for name, first, total in zip(found.factors, found.first, found.total, strict=True):
        say(f"  {name}: first {first:.2f}, total {total:.2f}")
    everything = timed(lambda: perturb(scheme, matrix, result=result))
    say(f"1,000 runs that vary all of them: {everything:.2f}")
    good = good and took <= CLAIM_SOBOL and len(found.factors) == 6
    if not beside:
        say("no peer: `make build/mcdm-venv/.hexi-mcdm` installs them")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
