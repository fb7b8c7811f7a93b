"""Claim: a docx is read at five million characters a CPU second, a pdf at half a million.

The real plans, where they are, and plans made up on the spot are written as docx (by python-docx,
with its styles, headings and bordered tables; of the made-up plans a third is cells) and as pdf
(hard-wrapped lines, running heads, ruled tables); then they are read here and, where they are
installed, by python-docx, pypdf and pdfminer.six in the same run. The peers only give text; they
tell neither paragraphs nor tables nor counted numbers.

The claim is for plans of 20,000 characters or more, and holds only where the median of the rounds
reaches it for every one of them: shorter files are shown, and pay for opening the package.
A file that is read in some milliseconds is read for half a CPU second, or the median would be that
of a few moments of the machine; a file that takes longer is read ``--rounds`` times.
What pdfium itself needs to load the pages and their text is shown beside the pdf speeds.

    python benchmarks/readers.py [--rounds 7]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from material import made_up_plan, seed_files

from hexi.plans.documents import Limits, read_document
from tests.writers.pdf import PdfFile

CLAIMS = {"docx": 5_000_000.0, "pdf": 500_000.0, "txt": 3_000_000.0}
#: plans shorter than this are shown, not claimed for
_SHORTEST = 20_000
SIZES = {"docx": (25_000, 100_000, 400_000), "pdf": (25_000, 100_000, 400_000)}
SIZES["txt"] = (20_000, 400_000, 8_000_000)
#: a file is read again until this many CPU seconds are spent on it
_LEAST_SECONDS = 0.5
LIMITS = Limits(seconds=3600.0)
_HEADING = re.compile("第[一二三四五六七八九十]+[章节]|[一二三四五六七八九十]+、")
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
    """By python-docx, as an office program would: styles, headings, bordered tables."""
    import docx as writer

    file = writer.Document()
    for part in _parts(text):
        if isinstance(part, str):
            heading = _HEADING.match(part) if len(part) < 30 else None
            file.add_paragraph(part, style="Heading 1" if heading else None)
        else:
            width = max(map(len, part))
            table = file.add_table(rows=len(part), cols=width, style="Table Grid")
            cells = table._cells
            for at, row in enumerate(part):
                for column, words in enumerate(row):
                    cells[at * width + column].text = _printable(words)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _printable(text: str) -> str:
    return "".join(c for c in text if c >= " ")


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
    """Median of the rounds, and of more where they are short, after one that warms up."""
    times: list[float] = []
    length = 0
    while len(times) < rounds + (rounds > 1) or (rounds > 1 and sum(times) < _LEAST_SECONDS):
        begun = process_time()
        length = read()
        times.append(process_time() - begun)
    return median(times[rounds > 1 :]), length


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


def _pdfium(data: bytes) -> int:
    """The pages and their text loaded by pdfium, and nothing made of them."""
    import pypdfium2 as pdfium

    length = 0
    source = pdfium.PdfDocument(data)
    for page in source:
        text = page.get_textpage()
        length += len(text.get_text_range())
        text.close()
        page.close()
    source.close()
    return length


def _timed(form: str, name: str, data: bytes, rounds: int) -> tuple[int, float]:
    """Length and characters a second of one file, said aloud."""
    seconds, length = _seconds(lambda: _length(data, form), rounds)
    floor = ""
    if form == "pdf":
        alone, _ = _seconds(lambda: _pdfium(data), rounds)
        floor = f"  (pdfium alone {length / alone:9,.0f})"
    speed = length / seconds
    say(f"{form:5}{name:9}{length:10,} characters {seconds:8.4f} s {speed:12,.0f} char/s{floor}")
    return length, speed


def measure(form: str, rounds: int) -> bool:
    write = {"docx": as_docx, "pdf": as_pdf, "txt": as_txt}[form]
    real = [
        _timed(form, f"plan {number}", write(path.read_bytes().decode()), rounds)
        for number, path in seed_files().items()
    ]
    made: list[tuple[int, float]] = []
    for size in SIZES[form]:
        data = write(made_up_plan(size))
        made.append(_timed(form, "made up", data, rounds))
        if size <= _MOST_FOR_PEERS[form]:
            _compare(form, data, made[-1][1])
    steady = made[0][1] / made[-1][1] < _GROWTH
    claimed = [speed for length, speed in (*real, *made) if length >= _SHORTEST]
    fast = min(claimed, default=0.0) >= CLAIMS[form]
    say(f"{form:5}claim {CLAIMS[form]:,.0f} char/s: {'holds' if fast else 'does not hold'};"
        f" linear: {'holds' if steady else 'does not hold'}")  # fmt: skip
    return fast and steady


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    held = [measure(form, rounds) for form in ("docx", "pdf", "txt")]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
