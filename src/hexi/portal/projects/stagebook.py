"""The stages that this office uses (项目阶段): those of its pack, for pages, forms and acts."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language

from hexi.projects.stage_loading import load_stages
from hexi.projects.stages import Choice, Stage, StageBook

__all__ = ["choices", "label_of", "moves_of", "stage_book"]


#: seconds after which the files of the pack are looked at again: a page asks a thousand times
_PAUSE = 1.0
_kept: dict[str, tuple[float, StageBook]] = {}


def stage_book() -> StageBook:
    """The stages of the pack, as its files were at most a second ago."""
    pack, now = str(settings.HEXI.pack), time.monotonic()
    at, book = _kept.get(pack, (0.0, None))
    if book is None or now - at > _PAUSE:
        book = load_stages(settings.HEXI.pack)
        _kept[pack] = (now, book)
    return book


def label_of(choice: Choice) -> str:
    """A word of the pack in the reader's language."""
    return choice.label(get_language() or "zh")


def choices(words: Iterable[Choice]) -> list[tuple[str, str]]:
    """Words of the pack as a form offers them."""
    return [(word.id, label_of(word)) for word in words]


def moves_of(kind: str, stage: str, resume_stage: str = "") -> tuple[Stage, ...]:
    """What may follow where a record stands: pages ask what the act will ask."""
    return stage_book().moves(kind, stage, resume_stage)
