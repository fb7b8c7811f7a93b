"""Claim: a plan is read, understood, registered and audited faster than it can be opened.

Prints the CPU seconds of the whole pipeline over the real documents after start-up, stage by
stage; its growth over three sizes up to ten million characters; and its characters per CPU second
beside those of recognizers-text's Chinese quantity tagger (currency, dimension and percentage,
the three that find what a plan counts) on the same text in the same run.

    python benchmarks/pipeline.py [--largest 10000000] [--rounds 5] [--no-peer]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
from collections.abc import Callable
from time import process_time

from material import made_up_plan, sample_text, seed_files

CLAIM_SECONDS, CLAIM_RATIO, CLAIM_GROWTH = 1.5, 20.0, 1.5


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def pipeline() -> Callable[[dict[str, bytes]], dict[str, float]]:
    """Start up (imports, pack, patterns) and give the function that is timed."""
    from hexi.catalogue import load_pack
    from hexi.plans.audit import audit
    from hexi.plans.documents import Limits, read_document
    from hexi.plans.register import build_plan
    from hexi.plans.statements import extract

    catalogue = load_pack().catalogue
    limits = Limits(seconds=3600.0)

    def run(files: dict[str, bytes]) -> dict[str, float]:
        begun = process_time()
        documents = [read_document(b, name=name, limits=limits) for name, b in files.items()]
        read = process_time()
        statements = [extract(document, catalogue) for document in documents]
        understood = process_time()
        plans = [
            build_plan(document, found, catalogue)
            for document, found in zip(documents, statements, strict=True)
        ]
        registered = process_time()
        lines = audit(list(zip(documents, statements, plans, strict=True)), catalogue)
        audited = process_time()
        return {
            "read": read - begun,
            "statements": understood - read,
            "register": registered - understood,
            "audit": audited - registered,
            "all": audited - begun,
            "characters": float(sum(len(document.text) for document in documents)),
            "figures": float(sum(map(len, statements))),
            "lines": float(len(lines)),
        }

    return run


def peer_speed(texts: list[str]) -> tuple[float, int]:
    """Characters per CPU second of recognizers-text, and how many spans it found."""
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    taggers = (recognize_currency, recognize_dimension, recognize_percentage)
    for tagger in taggers:
        tagger("2020年达到12亿元，增长3%，面积5平方公里。", Culture.Chinese)
    begun = process_time()
    spans = sum(len(tagger(text, Culture.Chinese)) for text in texts for tagger in taggers)
    return sum(map(len, texts)) / (process_time() - begun), spans


def real_documents() -> dict[str, bytes]:
    files = {name: path.read_bytes() for name, path in seed_files().items()}
    if not files:
        say("the real documents are not on this machine; the sample plan, 16 times over, instead")
        files = {f"s{i}": sample_text().encode() for i in range(16)}
    return files


def report_documents(run: Callable[..., dict[str, float]], rounds: int) -> tuple[bool, float]:
    files = real_documents()
    first = run(files)
    timings = [run(files) for _ in range(rounds)]
    middle = {key: statistics.median(t[key] for t in timings) for key in timings[0]}
    say(
        f"{len(files)} documents, {middle['characters']:,.0f} characters,"
        f" {middle['figures']:.0f} statements, {middle['lines']:.0f} check lines"
    )
    say(f"{'':12}{'first':>10}{'median':>10}   CPU seconds, {rounds} rounds after the first")
    for stage in ("read", "statements", "register", "audit", "all"):
        say(f"{stage:12}{first[stage]:10.3f}{middle[stage]:10.3f}")
    speed = middle["characters"] / middle["all"]
    say(f"{speed:,.0f} characters per CPU second; claim: all within {CLAIM_SECONDS} s")
    return first["all"] <= CLAIM_SECONDS, speed


def report_growth(run: Callable[..., dict[str, float]], largest: int) -> bool:
    say(f"\n{'characters':>12}{'CPU s':>9}{'µs/char':>9}{'figures':>10}{'peak MB':>9}")
    costs = []
    for size in (largest // 100, largest // 10, largest):
        text = made_up_plan(size).encode()
        timing = run({"made-up": text})
        costs.append(timing["all"] / timing["characters"] * 1e6)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(
            f"{timing['characters']:12,.0f}{timing['all']:9.2f}{costs[-1]:9.2f}"
            f"{timing['figures']:10,.0f}{peak:9.0f}"
            "   "
            + " ".join(f"{s} {timing[s]:.2f}" for s in ("read", "statements", "register", "audit"))
        )
    growth = costs[-1] / costs[0]
    say(f"cost per character grows by {growth:.2f} over a hundredfold length (1 is linear)")
    return growth <= CLAIM_GROWTH


def report_peer(speed: float) -> bool:
    texts = [data.decode("utf-8", "replace") for data in real_documents().values()]
    peer, spans = peer_speed(texts)
    say(f"\nrecognizers-text: {peer:,.0f} characters per CPU second, {spans} spans")
    say(f"Hexi's whole pipeline: {speed / peer:.1f} times that (claim: {CLAIM_RATIO:.0f})")
    return speed / peer >= CLAIM_RATIO


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    run = pipeline()
    kept, speed = report_documents(run, options.rounds)
    held = [kept]
    if not options.no_peer:
        held.append(report_peer(speed))
    held.append(report_growth(run, options.largest))
    say("claims hold" if all(held) else "a claim does not hold")
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
