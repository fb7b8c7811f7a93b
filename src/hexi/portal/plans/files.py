"""File store (文件库): the bytes of uploaded documents, in the home directory under their digest.

A file is written beside its place, flushed to disk and renamed, so that a power cut leaves either
the whole file or none. The same bytes uploaded twice are kept once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

__all__ = ["drop", "keep", "path_of"]


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Store the bytes; returns digest and size."""
    folder = _root()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix="draft-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        name = digest.hexdigest()
        target = path_of(name)
        target.parent.mkdir(exist_ok=True)
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
        raise
    return name, size


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return _root() / digest[:2] / digest


def drop(digest: str) -> None:
    """Remove bytes that no document refers to any more."""
    with contextlib.suppress(FileNotFoundError):
        path_of(digest).unlink()


def _root() -> Path:
    return Path(settings.HEXI.home) / "files"
