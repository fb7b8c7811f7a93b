"""The pack at hand (当前数据包): read once a process, not once a page."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from hexi.catalogue import Pack, load_pack

__all__ = ["current_pack"]


@lru_cache(maxsize=1)
def _loaded(name: str) -> Pack:
    return load_pack(name)


def current_pack() -> Pack:
    """The pack that this installation works with."""
    return _loaded(settings.HEXI.pack)
