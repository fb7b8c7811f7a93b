"""Static files (静态文件): hashed names once they are collected, plain names before."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

__all__ = ["HexiStaticStorage"]


class HexiStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's hashed storage that also works before ``collectstatic`` has run (tests)."""

    manifest_strict = False

    def url(self, name: str | None, force: bool = False) -> Any:
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return super().url(name, force)
