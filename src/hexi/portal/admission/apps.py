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
        """Words of the app's events; the modules stand only after Django does."""
        import_module("hexi.portal.admission.event_words").install()
