"""Claim: the chance that a target is met is honest, and costs a twentieth of AutoTheta's time.

First the back-test (`forecast_backtest.py`): 32,224 yes or no outcomes of plans over 471 real
series, the schedule line and two simpler models beside. Then the time: 6,000 short series, CPU
seconds of fit, chance and band, beside statsforecast's AutoTheta with the same band in an
environment of its own, and the growth of the cost over three sizes. Run it on a quiet machine.

    python benchmarks/forecast.py [--no-peer] [--figure docs/images/reliability.svg]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

import numpy as np
from forecast_backtest import (
    FAMILIES,
    LEFT,
    METHODS,
    Answers,
    Plans,
    World,
    half_of,
    load,
    pack_outcomes,
    plans_of,
)
from forecast_figure import reliability_svg
from material import shared

from hexi.monitoring.forecast import Asks, Calibration, Panel, calibration, fan, fit, foresee

CLAIM_SERIES, CLAIM_OUTCOMES = 471, 32_224
CLAIM_BRIER, CLAIM_ERROR, CLAIM_COVER = 0.124, 0.03, (0.77, 0.84)
CLAIM_SECONDS, CLAIM_RATIO, CLAIM_GROWTH = 0.5, 20.0, 1.5
PEER_PYTHON = Path(__file__).parent.parent / "build" / "theta-venv" / "bin" / "python"
#: yearly, quarterly, monthly: periods a year, fewest and most points
SHAPES = ((1, 6, 20), (4, 12, 48), (12, 24, 60))
EACH, STEPS = 2000, {1: 3, 4: 4, 12: 12}

PEER = """
import json, sys, time
import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoTheta
total = 0.0
for file, season, steps in json.loads(sys.argv[1]):
    values = np.load(file)
    seen = np.isfinite(values)
    length = seen.sum(axis=1)
    frame = pd.DataFrame({
        "unique_id": np.repeat(np.arange(len(values)), length),
        "ds": np.concatenate([np.arange(n) for n in length]),
        "y": values[seen],
    })
    begun = time.process_time()
    model = StatsForecast(models=[AutoTheta(season_length=season)], freq=1, n_jobs=1)
    model.forecast(df=frame, h=steps, level=[80])
    total += time.process_time() - begun
print(total)
"""


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# --- honest -----------------------------------------------------------------------------------


def cover(plans: Plans, answers: Answers, chosen: np.ndarray) -> float:
    """Share of ends inside the band of 80 %."""
    if answers.low is None or answers.high is None:
        return float("nan")
    inside = (plans.end >= answers.low) & (plans.end <= answers.high)
    return float(inside[chosen].mean())


def line(name: str, plans: Plans, answers: Answers, chosen: np.ndarray) -> Calibration:
    """Print one row of the table."""
    p, met = answers.p[chosen], plans.met[chosen]
    scores = calibration(p, met)
    low, high = met[p <= 0.2].mean(), met[p >= 0.8].mean()
    inside = "-" if answers.low is None else f"{cover(plans, answers, chosen):.1%}"
    say(
        f"{name:26}{scores.count:8,}{scores.brier:8.4f}{scores.log_loss:9.4f}{scores.error:9.4f}"
        f"{scores.auc:7.3f}{inside:>8}{low:9.1%}{high:9.1%}"
    )
    return scores


def honest(world: World, plans: Plans, figure: Path | None) -> bool:
    """The table, the reliability of the product's chances, and whether the claim holds."""
    every = np.ones(len(plans.row), bool)
    say(f"{len(set(plans.row)):,} series, {plans.met.size:,} outcomes, {plans.met.mean():.1%} met")
    head = ("Brier", "log-loss", "error", "AUC", "cover80", "P≤0.2", "P≥0.8")
    say(
        f"{'':26}{'n':>8}{head[0]:>8}{head[1]:>9}{head[2]:>9}{head[3]:>7}{head[4]:>8}{head[5]:>9}{head[6]:>9}"
    )
    answers = {name: make(world, plans) for name, make in METHODS.items()}
    for name, one in answers.items():
        scores = line(name, plans, one, every)
    own = answers["Hexi"]
    half = half_of(world)[plans.row]
    family = world.family[plans.row]
    say()
    for number, name in enumerate(("chosen on", "not chosen on")):
        line(f"  half {name}", plans, own, half == number)
    for number, name in enumerate(FAMILIES):
        for left in LEFT:
            line(
                f"  {name}, {left} years left",
                plans,
                own,
                (family == number) & (plans.left == left),
            )
    say("\nsaid        n   mean    met")
    for one_bin in scores.bins:
        say(
            f"{one_bin.low:.1f}-{one_bin.high:.1f}{one_bin.count:7,}{one_bin.said:7.3f}{one_bin.met:7.3f}"
        )
    if figure is not None:
        figure.write_text(reliability_svg(scores), encoding="utf-8")
        say(f"\n{figure} written")
    within = CLAIM_COVER[0] <= cover(plans, own, every) <= CLAIM_COVER[1]
    complete = (len(set(plans.row)), plans.met.size) == (CLAIM_SERIES, CLAIM_OUTCOMES)
    return complete and within and scores.brier <= CLAIM_BRIER and scores.error <= CLAIM_ERROR


# --- cheap ------------------------------------------------------------------------------------


def of_the_pack() -> None:
    """The same on what the pack has observed: few series, said for what it is worth."""
    p, met, inside = pack_outcomes()
    scores = calibration(p, met)
    say(
        f"\nthe pack's own levels: {len(inside)} forecasts, {scores.count} outcomes, "
        f"{met.mean():.0%} met, Brier {scores.brier:.3f}, inside the band of 80 %: "
        f"{inside.mean():.0%}"
    )


def made_up(each: int, seed: int = 3) -> list[tuple[int, np.ndarray]]:
    """Series of each shape, right aligned, 40 siblings a family."""
    dice = np.random.default_rng(seed)
    found = []
    for a_year, fewest, most in SHAPES:
        time = np.arange(most)
        season = 0.2 * np.sin(2 * np.pi * time / a_year) * (a_year > 1)
        rate = dice.normal(0.08, 0.04, (each, 1)) / a_year
        noise = dice.standard_t(5, (each, most)) * 0.05 / a_year**0.5
        values = np.exp(np.cumsum(rate + noise, axis=1) + season + dice.normal(5, 1, (each, 1)))
        length = dice.integers(fewest, most + 1, (each, 1))
        found.append((a_year, np.where(time >= most - length, values, np.nan)))
    return found


def seconds(panels: list[tuple[int, np.ndarray]]) -> float:
    """CPU seconds of fit, chance and fan of all series."""
    begun = process_time()
    for a_year, values in panels:
        n = len(values)
        last = 2025 * a_year - 1
        family = np.arange(n) // 40
        model = fit(Panel.of(values, last=last, frequency=a_year, family=family))
        rows = np.arange(n)
        end = last + STEPS[a_year]
        foresee(model, Asks.of(rows, "level", values[:, -1] * 1.2, end))
        fan(model, end, levels=(0.1, 0.5, 0.9))
    return process_time() - begun


def peer_seconds(panels: list[tuple[int, np.ndarray]]) -> float:
    """CPU seconds of AutoTheta on the same series, after its imports."""
    with tempfile.TemporaryDirectory() as folder:
        job = []
        for a_year, values in panels:
            file = Path(folder) / f"{a_year}.npy"
            np.save(file, values)
            job.append((str(file), a_year, STEPS[a_year]))
        done = subprocess.run(
            [PEER_PYTHON, "-W", "ignore", "-c", PEER, json.dumps(job)],
            check=True,
            capture_output=True,
            text=True,
        )
    return float(done.stdout)


def cheap(peer: bool) -> bool:
    """Time of 6,000 series and of half and twice as many, and the peer's."""
    seconds(made_up(50))
    costs = {each: min(seconds(made_up(each)) for _ in range(3)) for each in (1000, EACH, 4000)}
    say("\n series  CPU s")
    for each, cost in costs.items():
        say(f"{3 * each:7,}{cost:7.3f}")
    growth = costs[4000] / costs[1000] / 4
    say(f"a series of 12,000 costs {growth:.2f} times one of 3,000")
    good = costs[EACH] <= CLAIM_SECONDS and growth <= CLAIM_GROWTH
    if peer and PEER_PYTHON.exists():
        theirs = peer_seconds(made_up(EACH))
        ratio = theirs / costs[EACH]
        say(f"statsforecast AutoTheta: {theirs:.1f} CPU s for {3 * EACH:,}, {ratio:.0f} times ours")
        good = good and ratio >= CLAIM_RATIO
    else:
        say("no peer: `make build/theta-venv/.hexi-theta` installs it")
    return good


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--figure", type=Path)
    given = parser.parse_args()
    root = shared()
    folder = root / "data" / "backtest-series" if root else None
    good = True
    if folder is not None and folder.exists():
        world = load(folder)
        good = honest(world, plans_of(world), given.figure)
    else:
        say("the series of the back-test are not on this machine; left out")
    of_the_pack()
    good = cheap(not given.no_peer) and good
    say(f"\nthe claim {'holds' if good else 'does not hold'}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
