"""Claim: a docx is read at five million characters a CPU second, a pdf at half a million.

Plans made up on the spot are written as docx (paragraphs of several runs, as Word leaves them) and
as pdf (hard-wrapped lines, running heads, ruled tables), in three sizes; then they are read here
and, where they are installed, by python-docx, pypdf and pdfminer.six in the same run. The peers
only give text; they tell neither paragraphs nor tables nor counted numbers.

    python benchmarks/readers.py [--rounds 3]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from material import made_up_plan, seed_files

from hexi.plans.documents import Limits, read_document
from tests.writers import docx
from tests.writers.pdf import PdfFile

CLAIMS = {"docx": 5_000_000.0, "pdf": 500_000.0, "txt": 3_000_000.0}
SIZES = {"docx": (20_000, 200_000, 2_000_000), "pdf": (20_000, 100_000, 400_000)}
SIZES["txt"] = (20_000, 400_000, 8_000_000)
LIMITS = Limits(seconds=3600.0)
#: Word parts a paragraph into runs at every change of language, format or editing session
_RUN = 25
#: how much slower a character may be in the largest file than in the smallest
_GROWTH = 1.6


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _parts(text: str) -> list[str | list[list[str]]]:
    """Paragraphs and tables of a plain plan."""
    parts: list[str | list[list[str]]] = []
    for line in text.splitlines():
        if "\t" in line:
            if not parts or isinstance(parts[-1], str):
                parts.append([])
            rows = parts[-1]
            assert isinstance(rows, list)
            rows.append(line.split("\t"))
        elif line.strip():
            parts.append(line.strip())
    return parts


def as_docx(text: str) -> bytes:
    file = docx.WordFile()
    for part in _parts(text):
        if isinstance(part, str):
            runs = [docx.run(part[at : at + _RUN]) for at in range(0, len(part), _RUN)]
            file.body.append(docx.paragraph(*runs))
        else:
            file.body.append(docx.table(*part))
    return file.bytes()


def as_pdf(text: str) -> bytes:
    file = PdfFile(head="全省开发区规划", embedded=True).page()
    for part in _parts(text):
        if isinstance(part, str):
            file.paragraph(part)
        else:
            width = max(map(len, part))
            rows = [row + [""] * (width - len(row)) for row in part[:20]]
            file.table(rows, [415 / width] * width)
    return file.bytes()


def as_txt(text: str) -> bytes:
    return text.encode("gb18030")


def _python_docx(data: bytes) -> int:
    import docx as peer

    document = peer.Document(BytesIO(data))
    length = 0
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            length += sum(len(cell.text) for row in item.rows for cell in row.cells)
        else:
            length += len(item.text)
    return length


def _pypdf(data: bytes) -> int:
    from pypdf import PdfReader

    return sum(len(page.extract_text()) for page in PdfReader(BytesIO(data)).pages)


def _pdfminer(data: bytes) -> int:
    from pdfminer.high_level import extract_text

    return len(extract_text(BytesIO(data)))


PEERS: dict[str, dict[str, Callable[[bytes], int]]] = {
    "docx": {"python-docx": _python_docx},
    "pdf": {"pypdf": _pypdf, "pdfminer.six": _pdfminer},
    "txt": {},
}
#: a peer reads no file larger than this: it would take minutes
_MOST_FOR_PEERS = {"docx": 200_000, "pdf": 20_000, "txt": 0}


def _seconds(read: Callable[[], int], rounds: int) -> tuple[float, int]:
    best, length = float("inf"), 0
    for _ in range(rounds):
        begun = process_time()
        length = read()
        best = min(best, process_time() - begun)
    return best, length


def _compare(form: str, data: bytes, speed: float) -> None:
    for name, peer in PEERS[form].items():
        try:
            seconds, length = _seconds(lambda peer=peer: peer(data), 1)
        except ImportError:
            say(f"       {name}: not installed, not compared")
            continue
        theirs = length / seconds
        say(
            f"       {name}: {theirs:12,.0f} char/s; this reader is {speed / theirs:.1f} times that"
        )


def _length(data: bytes, form: str) -> int:
    return len(read_document(data, name=f"plan.{form}", limits=LIMITS).text)


def measure(form: str, rounds: int) -> bool:
    write = {"docx": as_docx, "pdf": as_pdf, "txt": as_txt}[form]
    speeds: list[float] = []
    for number, path in seed_files().items():
        # the real plans have fewer tables than the made-up ones, in which a third is cells
        data = write(path.read_bytes().decode())
        seconds, length = _seconds(lambda data=data: _length(data, form), rounds)
        speeds.append(length / seconds)
        say(f"{form:5}plan {number:5} {length:10,} characters {speeds[-1]:21,.0f} char/s")
    real = max(speeds, default=0.0)
    speeds.clear()
    for size in SIZES[form]:
        data = write(made_up_plan(size))
        seconds, length = _seconds(lambda data=data: _length(data, form), rounds)
        speeds.append(length / seconds)
        say(f"{form:5}{length:10,} characters {seconds:8.3f} s {speeds[-1]:12,.0f} char/s")
        if size <= _MOST_FOR_PEERS[form]:
            _compare(form, data, speeds[-1])
    steady = speeds[0] / speeds[-1] < _GROWTH
    fast = max(real, *speeds) >= CLAIMS[form]
    say(f"{form:5}claim {CLAIMS[form]:,.0f} char/s: {'holds' if fast else 'does not hold'};"
        f" linear: {'holds' if steady else 'does not hold'}")  # fmt: skip
    return fast and steady


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    held = [measure(form, rounds) for form in ("docx", "pdf", "txt")]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
