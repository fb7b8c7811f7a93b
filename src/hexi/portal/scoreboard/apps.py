"""Registration of the scoreboard app (监测应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["ScoreboardConfig"]


class ScoreboardConfig(AppConfig):
    name = "hexi.portal.scoreboard"
    label = "scoreboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; its modules stand only after Django does."""
        import_module("hexi.portal.scoreboard.event_words").install()
