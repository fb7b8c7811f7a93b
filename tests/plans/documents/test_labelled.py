"""Real plans where they are at hand: every labelled figure stands whole in exactly one block."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hexi.plans.documents import read_document
from tests.plans.documents.support import assert_places_hold

SHARED = Path(os.environ.get("HEXI_SHARED", Path(__file__).resolve().parents[4] / "shared"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SHARED.is_dir() else []


@pytest.mark.skipif(not SEEDS, reason="the labelled documents are not on this machine")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_labelled_figure_stands_whole_in_one_block(path: Path) -> None:
    document = read_document(path)
    assert document.text == path.read_bytes().decode()
    assert_places_hold(document)
    seen = bytearray(len(document.text))
    for block in document.blocks:
        for piece in block.cells if block.kind == "table" else (block,):
            places = piece.segments or ((0, piece.start),)
            ends = [logical for logical, _ in places[1:]] + [len(piece.text)]
            for (logical, start), end in zip(places, ends, strict=True):
                seen[start : start + end - logical] = b"\x01" * (end - logical)
    labels = SHARED / "gold" / f"{path.name[:3]}.jsonl"
    for line in labels.read_text(encoding="utf-8").splitlines() if labels.exists() else ():
        label = json.loads(line)
        start, end = label["start"], label["end"]
        holders = [b for b in document.blocks if b.start <= start and end <= b.end]
        assert len(holders) == 1, label["text"]
        assert holders[0].kind in {"paragraph", "list", "table"}
        lost = [c for c, s in zip(document.text[start:end], seen[start:end], strict=True) if not s]
        assert not "".join(lost).strip(), label["text"]
