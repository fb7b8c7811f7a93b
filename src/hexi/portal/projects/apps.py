"""Registration of the projects app (项目库应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["ProjectsConfig"]


class ProjectsConfig(AppConfig):
    name = "hexi.portal.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of its events, its register of imports and its tasks."""
        import_module("hexi.portal.projects.event_words").install()
        import_module("hexi.portal.projects.sheet.register").install()
        import_module("hexi.portal.projects.statistics_part").install()
        due = import_module("hexi.portal.projects.queries.progress_due")
        import_module("hexi.portal.core.tasks").add_tasks(due.KINDS, due.tasks)
