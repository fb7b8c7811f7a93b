"""Registration of the figures app (数据应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["FiguresConfig"]


class FiguresConfig(AppConfig):
    name = "hexi.portal.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; its modules stand only after Django does."""
        import_module("hexi.portal.figures.event_words").install()
