"""File store (文件库): the bytes of uploaded files, in the home directory under their digest.

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


def keep(chunks: Iterable[bytes], shelf: str = "files") -> tuple[str, int]:
    """Store the bytes; returns digest and size. Each use has a shelf (folder) of its own."""
    folder = _root(shelf)
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
        target = path_of(name, shelf)
        target.parent.mkdir(exist_ok=True)
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(draft)
        raise
    return name, size


def path_of(digest: str, shelf: str = "files") -> Path:
    """Where the bytes of a digest lie."""
    return _root(shelf) / digest[:2] / digest


def drop(digest: str, shelf: str = "files") -> None:
    """Remove bytes that no document refers to any more."""
    with contextlib.suppress(FileNotFoundError):
        path_of(digest, shelf).unlink()


def _root(shelf: str) -> Path:
    return Path(settings.HEXI.home) / shelf
