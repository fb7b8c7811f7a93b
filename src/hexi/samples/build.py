"""``python -m hexi.samples.build``: build the sample's Word and PDF forms from its source."""

from __future__ import annotations

import sys
from pathlib import Path

from hexi.samples import FORMATS, NAME
from hexi.samples.pdf import write_pdf
from hexi.samples.source import read_source
from hexi.samples.word import write_docx

__all__ = ["build", "main"]

_WRITERS = {"docx": write_docx, "pdf": write_pdf}


def build(form: str) -> bytes:
    """The sample in one form."""
    return _WRITERS[form](read_source(NAME))


def main() -> None:
    """Write every form beside the source."""
    for form in FORMATS:
        target = Path(__file__).parent / f"{NAME}.{form}"
        target.write_bytes(build(form))
        sys.stdout.write(f"{target.name} {target.stat().st_size}\n")


if __name__ == "__main__":
    main()
