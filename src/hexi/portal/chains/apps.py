"""Registration of the chains app (产业链图谱应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["ChainsConfig"]


class ChainsConfig(AppConfig):
    name = "hexi.portal.chains"
    label = "chains"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; the modules stand only after Django does."""
        import_module("hexi.portal.chains.event_words").install()
