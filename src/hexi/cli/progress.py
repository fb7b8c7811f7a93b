"""Progress on long work (进度): a count on standard error, after half a second of silence."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from hexi.cli.language import Words

__all__ = ["Progress"]

_PATIENCE = 0.5


class Progress:
    """Says ``2/5 file.docx　识别数字`` while work goes on; silent for short work and in scripts."""

    def __init__(
        self,
        total: int,
        words: Words,
        *,
        forced: bool = False,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream or sys.stderr
        self._screen = self._stream.isatty()
        self._shown = self._screen or forced
        self._total, self._done, self._words = total, 0, words
        self._clock, self._begun = clock, clock()
        self._width = 0

    def step(self, label: str) -> None:
        """One more piece of work begins."""
        self._done += 1
        if not self._shown or self._clock() - self._begun < _PATIENCE:
            return
        line = f"{self._words('正在处理', 'working on')} {self._done}/{self._total} {label}"
        if self._screen:
            self._width = max(self._width, 2 * len(line))
            self._stream.write("\r" + line + "\x1b[K")
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def skip(self, steps: int) -> None:
        """Steps that will not be taken (the file could not be read)."""
        self._done += steps

    def close(self) -> None:
        """Clear the line from the screen."""
        if self._screen and self._width:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
