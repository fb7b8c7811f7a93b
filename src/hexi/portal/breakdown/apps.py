"""Registration of the breakdown app (分解应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["BreakdownConfig"]


class BreakdownConfig(AppConfig):
    name = "hexi.portal.breakdown"
    label = "breakdown"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events, and its count in the navigation; the modules stand only
        after Django does."""
        import_module("hexi.portal.breakdown.event_words").install()
        waiting = import_module("hexi.portal.breakdown.queries.tasks")
        context = import_module("hexi.portal.core.context")
        context.count_in_navigation("tasks", waiting.waiting_for)
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
