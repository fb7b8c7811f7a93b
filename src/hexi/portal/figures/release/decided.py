"""Decisions that were made already (已作的保密决定): kept under the hash of all they rest on.

A preview and the release that follows it decide the same question; so do the processes of one
portal. Equal facts, equal cells and equal earlier releases have equal decisions, so the second
asker reads what the first one decided. The folder holds what is confidential, and is the office's.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
from django.conf import settings

from hexi.portal.figures.knowledge import Kept, Known
from hexi.portal.figures.release.claims import Claim
from hexi.portal.figures.release.confidential import Before, Elsewhere, Protected, decide
from hexi.portal.figures.release.places import Trees
from hexi.statistics.disclosure import Rule

__all__ = ["decided"]

#: the way of deciding: another number where the same question may get another answer
_METHOD: Final = "1"
_MOST: Final = 64
_KEPT: Final[Kept[Protected]] = Kept(16)


def decided(
    known: Known,
    trees: Trees,
    asked: Collection[Claim],
    sums: Mapping[str, Sequence[str]],
    elsewhere: Elsewhere,
    rule: Rule,
    before: Before | None = None,
) -> Protected:
    """The decision, made where nobody has made it yet."""
    key = _key(known, trees, asked, sums, elsewhere, rule, before)

    def make() -> Protected:
        path = Path(settings.HEXI.home) / "decisions" / f"{key}.arrow"
        found = _read(path)
        if found is None:
            found = decide(known, trees, asked, sums, elsewhere, rule, before)
            _write(path, found)
        return found

    return _KEPT.get(key, make)


def _key(
    known: Known,
    trees: Trees,
    asked: Collection[Claim],
    sums: Mapping[str, Sequence[str]],
    elsewhere: Elsewhere,
    rule: Rule,
    before: Before | None,
) -> str:
    said = hashlib.sha256(f"{_METHOD}\n{known.key}\n{rule.describe()}\n".encode())
    for tree, forest in sorted(trees.items()):
        said.update(f"{tree} {sorted(forest.parent.items())}\n".encode())
    for name, claims in (
        ("asked", asked),
        ("shown", elsewhere.shown),
        ("hidden", elsewhere.hidden),
    ):
        lines = sorted(f"{claim.unit} {claim.item} {claim.window.code}" for claim in claims)
        said.update("\n".join((name, *lines)).encode())
    said.update(repr(sorted((name, tuple(parts)) for name, parts in sums.items())).encode())
    if before is not None:
        rows = before.decision.to_pylist()
        said.update(f"{before.known.key} {sorted(map(repr, rows))}".encode())
    return said.hexdigest()


def _read(path: Path) -> Protected | None:
    try:
        with pa.memory_map(str(path)) as source:
            return Protected.of_record(pa.ipc.open_file(source).read_all())
    except (OSError, pa.ArrowInvalid):
        return None


def _write(path: Path, made: Protected) -> None:
    """Put it there whole; the oldest of many go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = made.record()
    number, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    with os.fdopen(number, "wb") as file, pa.ipc.new_file(file, record.schema) as out:
        out.write_table(record)
    Path(draft).rename(path)
    kept = sorted(path.parent.glob("*.arrow"), key=lambda file: file.stat().st_mtime)
    for old in kept[:-_MOST]:
        old.unlink(missing_ok=True)
