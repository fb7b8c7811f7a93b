"""Files handed to a command (输入文件): named, found and opened before any work begins."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexi.cli.exits import Refusal
from hexi.plans.documents import Document, DocumentError, read_document

__all__ = ["STDIN", "Source", "load", "name_sources", "refuse_document"]

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
        doc = names[index] if names else stem
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


def load(source: Source, *, ocr: bool = False) -> Document:
    """Read one document; every way in which that fails is a :class:`Refusal`."""
    try:
        if source.given == STDIN:
            return read_document(sys.stdin.buffer.read(), name=source.doc, ocr=ocr)
        return read_document(Path(source.given), name=source.doc, ocr=ocr)
    except DocumentError as error:
        raise refuse_document(error, source) from error
    except FileNotFoundError as error:
        raise Refusal(
            f"{source.label}：没有这个文件。",
            f"{source.label}: no such file.",
            "请检查路径。",
            "Check the path.",
        ) from error
    except IsADirectoryError as error:
        raise Refusal(
            f"{source.label}：是文件夹，不是文件。",
            f"{source.label}: is a folder, not a file.",
            "请给出其中的文件。",
            "Name the files in it.",
        ) from error
    except OSError as error:
        raise Refusal(
            f"{source.label}：打不开（{error.strerror}）。",
            f"{source.label}: cannot be opened ({error.strerror}).",
            "请检查权限。",
            "Check its permissions.",
        ) from error


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
