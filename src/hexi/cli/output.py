"""Where results go (输出): standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hexi.cli.exits import Exit, Refusal

__all__ = ["deliver", "refuse_terminal"]


def deliver(chunks: Iterable[bytes], out: str | None) -> None:
    """Write the chunks to ``out``, or to standard output for ``None`` and ``-``.

    A file is written beside its place and moved there when complete: a reader of the old file
    never sees half of the new one, and a failed command leaves the old one as it was.
    """
    if out is None or out == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
        return
    # a link keeps pointing where it points; the file behind it is replaced
    target = Path(os.path.realpath(out))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _refuse(out, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_mode(target))
        part.replace(target)
    except OSError as error:
        raise _refuse(out, error) from error
    finally:
        part.unlink(missing_ok=True)


def refuse_terminal(form: str, out: str | None) -> None:
    """Binary forms do not go to a screen."""
    if (out is None or out == "-") and sys.stdout.isatty():
        raise Refusal(
            f"{form} 不能显示在终端上。",
            f"{form} cannot be shown on a terminal.",
            f"请加 --out 文件.{form}。",
            f"Add --out FILE.{form}.",
        )


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse(out: str, error: OSError) -> Refusal:
    return Refusal(
        f"{out}：写不了（{error.strerror}）。",
        f"{out}: cannot be written ({error.strerror}).",
        "请检查文件夹是否存在、是否可写、磁盘是否已满。",
        "Check that the folder exists and is writable and that the disk is not full.",
        Exit.OUTPUT,
    )
