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
        """Words of the app's events, its tasks, its number in the navigation and its part of a
        project's page; the modules stand only after Django does."""
        import_module("hexi.portal.supervision.event_words").install()
        import_module("hexi.portal.supervision.project_part").install()
        hanging = import_module("hexi.portal.projects.hanging")
        hanging.goes_empty("supervision.agendaitem", "meeting")
        waiting = import_module("hexi.portal.supervision.queries.tasks")
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
        context = import_module("hexi.portal.core.context")
        context.count_in_navigation("supervision", waiting.waiting_for)
