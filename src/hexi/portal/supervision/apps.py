"""Registration of the supervision app (督办应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["SupervisionConfig"]


class SupervisionConfig(AppConfig):
    name = "hexi.portal.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; the modules stand only after Django does."""
        import_module("hexi.portal.supervision.event_words").install()
