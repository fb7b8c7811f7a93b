"""Claim: found F1 >= 0.98 and statement F1 >= 0.85 on labelled documents; and honestly, elsewhere.

The grammar has no trained parameters, so there is nothing to refit on a fold. What it has learned
from a document is *words*: entries of the lexicons and names of the catalogue that were added
because a document uses them. The cross-validated figure therefore scores each document with a
lexicon from which every word is taken that, among all documents, only this one contains: what
could have been learned from the others stays, what could only have been learned here goes.
Words that no document contains stay (they come from general knowledge). The rules themselves were
written by people who had read the documents; no figure here removes that, so a fresh document
will do worse than the in-sample line and can do worse than the left-out line.

    python benchmarks/statements.py [--show N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from material import sample_text, score_module, seed_files, shared

CLAIM_FOUND, CLAIM_STATEMENT = 0.98, 0.85
LABELS = Path(__file__).with_name("labels")


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", type=int, default=0, help="wrong statements to print a document")
    parser.add_argument("--without", help=argparse.SUPPRESS)
    options = parser.parse_args()
    root = shared()
    if root is None:
        say("no labelled documents on this machine (HEXI_SHARED); nothing was measured")
        return 0
    if options.without:
        sys.stdout.write(json.dumps(left_out(options.without)))
        return 0
    score = score_module()
    labelled = sorted(path.stem for path in (root / "gold").glob("*.jsonl"))
    inside: dict[str, Any] = {}
    outside: dict[str, Any] = {}
    say(f"{'':8}{'gold':>6}{'found P':>9}{'R':>7}{'F1':>7}{'stated P':>10}{'R':>7}{'F1':>7}")
    for doc in labelled:
        gold = score.load(str(root / "gold" / f"{doc}.jsonl"))
        inside[doc] = (gold, predict(doc))
        line(doc, score.score(*inside[doc]), options.show)
    whole = score.score(*_together(inside.values()))
    line("all", whole)
    say("fields  " + "  ".join(f"{f} {v:.3f}" for f, v in whole["fields"].items()))
    say("\nother labels: by another hand than the grammar's, first scored unseen (see README)")
    sample = score.load(str(LABELS / "yunling.jsonl"))
    line("yunling", score.score(sample, predict_sample()), options.show)
    part = score.load(str(LABELS / "002-part.jsonl"))
    line("002", score.score(part, predict_part("002")), options.show)
    _texts(score, LABELS, options.show)
    say("\npassages: 22 kinds of papers in short, two more hands (see labels/README.md)")
    line("all", score.score(*_together(_texts(score, LABELS / "passages", options.show))))
    say("\nleft out: words that only the document itself contains are taken from the lexicon")
    for doc in labelled:
        done = subprocess.run(
            [sys.executable, __file__, "--without", doc], capture_output=True, text=True, check=True
        )
        answer = json.loads(done.stdout)
        outside[doc] = (inside[doc][0], answer["records"])
        line(doc, score.score(*outside[doc]))
        say(f"{'':8}{answer['taken']} words taken out")
    apart = score.score(*_together(outside.values()))
    line("all", apart)
    say("fields  " + "  ".join(f"{f} {v:.3f}" for f, v in apart["fields"].items()))
    held = whole["found"][2] >= CLAIM_FOUND and whole["statement"][2] >= CLAIM_STATEMENT
    say("claims hold" if held else "a claim does not hold")
    return 0 if held else 1


def _texts(score: Any, folder: Path, show: int) -> list[tuple[list[Any], list[Any]]]:
    """Score the fictional texts of a folder, a line each."""
    pairs = []
    for path in sorted(folder.glob("*.txt")):
        gold = score.load(str(path.with_suffix(".jsonl")))
        pairs.append((gold, _read(path, gold[0]["doc"])))
        line(path.stem, score.score(*pairs[-1]), show)
    return pairs


def line(name: str, result: dict[str, Any], show: int = 0) -> None:
    found, stated = result["found"], result["statement"]
    say(
        f"{name:8}{result['gold']:6}{found[0]:9.3f}{found[1]:7.3f}{found[2]:7.3f}"
        f"{stated[0]:10.3f}{stated[1]:7.3f}{stated[2]:7.3f}"
    )
    if show and result["wrong"]:
        wrong = Counter(field for _, _, bad in result["wrong"] for field in bad)
        say("   wrong: " + ", ".join(f"{field} {count}" for field, count in wrong.most_common()))
    for gold, got, bad in result["wrong"][:show]:
        say(f"   {gold['start']} {gold['text']} { {f: (gold.get(f), got.get(f)) for f in bad} }")


def _together(pairs: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    listed = list(pairs)
    return [r for gold, _ in listed for r in gold], [r for _, got in listed for r in got]


def predict_sample() -> list[dict[str, Any]]:
    from hexi.catalogue import load_pack
    from hexi.plans.documents import read_document
    from hexi.plans.statements import extract

    document = read_document(sample_text().encode(), name="yunling")
    return [s.as_record() for s in extract(document, load_pack().catalogue)]


def predict_part(doc: str) -> list[dict[str, Any]]:
    """What is read inside the passages of a document that have been labelled in full."""
    windows = json.loads((LABELS / f"{doc}-part.windows.json").read_text(encoding="utf-8"))
    return [r for r in predict(doc) if any(low <= r["start"] < high for low, high in windows)]


def predict(doc: str) -> list[dict[str, Any]]:
    return _read(seed_files()[doc], doc)


def _read(path: Path, name: str = "") -> list[dict[str, Any]]:
    from hexi.catalogue import load_pack
    from hexi.plans.documents import read_document
    from hexi.plans.statements import extract

    document = read_document(path, name=name or path.name)
    return [s.as_record() for s in extract(document, load_pack().catalogue)]


def left_out(doc: str) -> dict[str, Any]:
    """Predict one document with the words taken out that it alone contains."""
    from dataclasses import replace

    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    texts = {name: simplify(p.read_text(encoding="utf-8")) for name, p in seed_files().items()}
    own = texts.pop(doc)
    others = "\n".join(texts.values())

    taken: set[str] = set()

    def kept(word: str) -> bool:
        alone = len(word) > 1 and word in own and word not in others
        if alone:
            taken.add(word)
        return not alone

    lexicon = _lexicon_alone()
    full = lexicon.table

    def filtered(name: str) -> dict[str, Any]:
        return {role: _filter(value, kept) for role, value in full(name).items()}

    lexicon.table = filtered
    from hexi.catalogue import Catalogue, load_pack
    from hexi.plans.documents import read_document
    from hexi.plans.statements import extract

    pack = load_pack()
    indicators = [
        replace(i, aliases=tuple(filter(kept, i.aliases)), near=tuple(filter(kept, i.near)))
        for i in pack.indicators
        if kept(i.name)
    ]
    units = [unit for unit in pack.units if kept(unit.name)]
    catalogue = Catalogue(tuple(indicators), tuple(units), pack.memberships)
    document = read_document(seed_files()[doc], name=doc)
    records = [s.as_record() for s in extract(document, catalogue)]
    return {"records": records, "taken": len(taken)}


def _lexicon_alone() -> Any:
    """The lexicon, loaded before the rest of the grammar builds its patterns from it."""
    import hexi

    name = "hexi.plans.statements.lexicon"
    folder = Path(hexi.__file__).parent / "plans" / "statements" / "lexicon"
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None or name in sys.modules:
        raise SystemExit("the lexicon is loaded already")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _filter(value: Any, kept: Any) -> Any:
    if isinstance(value, list):
        return [v for v in value if not isinstance(v, str) or kept(v)]
    if isinstance(value, dict):
        return {key: _filter(inner, kept) for key, inner in value.items()}
    return value


if __name__ == "__main__":
    raise SystemExit(main())
