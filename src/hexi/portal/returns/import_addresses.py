"""Addresses of an import (导入地址): every register has the same four pages under its own list."""

from __future__ import annotations

from django.urls import URLPattern, path

from hexi.portal.returns.views import imports

__all__ = ["import_addresses"]


def import_addresses(kind: str, start: str, stem: str) -> list[URLPattern]:
    """The pages of the register ``kind`` below ``start``; their names begin with ``stem``."""
    of = {"kind": kind}
    one = f"{start}imports/<int:import_id>/"
    return [
        path(f"{start}import/", imports.upload, of, f"{stem}-import"),
        path(one, imports.preview, of, f"{stem}-register-import"),
        path(f"{one}apply/", imports.apply, of, f"{stem}-import-apply"),
        path(f"{one}undo/", imports.undo, of, f"{stem}-import-undo"),
    ]
