"""Files handed to a command (输入文件): named, found and opened before any work begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexi.cli.exits import Refusal
from hexi.plans.documents import Document, DocumentError, Limits, read_document

__all__ = ["STDIN", "Source", "guard_inputs", "load", "name_sources", "refuse_document"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file (or standard input, ``-``) and the name its document goes by in the results."""

    given: str
    doc: str

    @property
    def label(self) -> str:
        """The file as the user wrote it."""
        return "<stdin>" if self.given == STDIN else self.given


def name_sources(files: Sequence[str], names: Sequence[str] = ()) -> list[Source]:
    """Pair files with document names: ``--doc`` in the same order, otherwise the file's stem."""
    if names and len(names) != len(files):
        raise Refusal(
            f"--doc 有 {len(names)} 个，文件有 {len(files)} 个。",
            f"{len(names)} --doc for {len(files)} files.",
            "每个文件给一个 --doc，或都不给。",
            "Give one --doc for each file, or none.",
        )
    if list(files).count(STDIN) > 1:
        raise Refusal(
            "标准输入（-）只能读一次。",
            "standard input (-) can be read only once.",
            "只写一个 -。",
            "Write - only once.",
        )
    sources: list[Source] = []
    taken: dict[str, int] = {}
    for index, given in enumerate(files):
        stem = "stdin" if given == STDIN else Path(given).stem or given
        # a file name need not be UTF-8; results are
        doc = (names[index] if names else stem).encode("utf-8", "replace").decode()
        taken[doc] = taken.get(doc, 0) + 1
        if taken[doc] > 1:
            if names:
                raise Refusal(
                    f"--doc {doc} 重复。",
                    f"--doc {doc} is given twice.",
                    "名称应各不相同。",
                    "Names must differ.",
                )
            doc = f"{doc}-{taken[doc]}"
        sources.append(Source(given, doc))
    return sources


def guard_inputs(sources: Sequence[Source], out: str | None) -> None:
    """A result never takes the place of the file it was made from."""
    if out is None or out == STDIN:
        return
    for source in sources:
        if source.given != STDIN and os.path.realpath(source.given) == os.path.realpath(out):
            raise Refusal(
                f"--out {out} 就是要读的文件。",
                f"--out {out} is the file that is read.",
                "请写到别的文件。",
                "Write to another file.",
            )


def load(source: Source, *, ocr: bool = False) -> Document:
    """Read one document; every way in which that fails is a :class:`Refusal`."""
    limits = Limits()
    try:
        if source.given == STDIN:
            # one byte more than allowed, so that the reader sees that it is too much
            data = sys.stdin.buffer.read(limits.file_bytes + 1)
            return read_document(data, name=source.doc, ocr=ocr, limits=limits)
        path = Path(source.given)
        _look(path, source)
        return read_document(path, name=source.doc, ocr=ocr, limits=limits)
    except DocumentError as error:
        raise refuse_document(error, source) from error


def _look(path: Path, source: Source) -> None:
    """What the shell's user gets wrong most often, in the words of the shell's user."""
    if path.is_dir():
        raise Refusal(
            f"{source.label}：是文件夹，不是文件。",
            f"{source.label}: is a folder, not a file.",
            "请给出其中的文件。",
            "Name the files in it.",
        )
    if not path.exists():
        raise Refusal(
            f"{source.label}：没有这个文件。",
            f"{source.label}: no such file.",
            "请检查路径。",
            "Check the path.",
        )
    if not path.is_file():
        raise Refusal(
            f"{source.label}：不是普通文件。",
            f"{source.label}: is not a regular file.",
            "管道内容请用 - 从标准输入读。",
            "Read a pipe with - from standard input.",
        )


def refuse_document(error: DocumentError, source: Source) -> Refusal:
    """The reader's refusal as the command's: file, place, what is wrong, what to do."""
    place = f"（{error.place}）" if error.place else ""
    place_en = f" ({error.place})" if error.place else ""
    return Refusal(
        f"{source.label}{place}：{error.message}。",
        f"{source.label}{place_en}: {error.message_en}.",
        f"{error.remedy}。",
        f"To do: {error.remedy_en}.",
    )
