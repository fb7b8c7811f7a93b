"""Registration of the admission app (准入应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["AdmissionConfig"]


class AdmissionConfig(AppConfig):
    name = "hexi.portal.admission"
    label = "admission"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of events, and the part of a project's page; modules stand after Django does."""
        import_module("hexi.portal.admission.event_words").install()
        import_module("hexi.portal.admission.project_part").install()
        waiting = import_module("hexi.portal.admission.queries.tasks")
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
