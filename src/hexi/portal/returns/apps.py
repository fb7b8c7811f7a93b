"""Registration of the returns app (报表应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["ReturnsConfig"]


class ReturnsConfig(AppConfig):
    name = "hexi.portal.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; its modules stand only after Django does."""
        import_module("hexi.portal.returns.event_words").install()
        waiting = import_module("hexi.portal.returns.queries.my_tasks")
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
