"""Files of the plans app (规划文件): the store of the core, on the shelf of documents."""

from __future__ import annotations

from hexi.portal.core.files import drop, keep, path_of

__all__ = ["drop", "keep", "path_of"]
