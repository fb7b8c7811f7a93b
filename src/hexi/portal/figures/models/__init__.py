"""The nouns of the figures app (数据应用的数据): one file a noun."""

from hexi.portal.figures.models.note import Note
from hexi.portal.figures.models.release import Release

__all__ = ["Note", "Release"]
