"""Registration of the evaluations app (评估应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["EvaluationsConfig"]


class EvaluationsConfig(AppConfig):
    name = "hexi.portal.evaluations"
    label = "evaluations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; the modules stand only after Django does."""
        import_module("hexi.portal.evaluations.event_words").install()
        waiting = import_module("hexi.portal.evaluations.queries.tasks")
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
