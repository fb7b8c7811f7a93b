"""Registration of the assessment app (考核应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["AssessmentConfig"]


class AssessmentConfig(AppConfig):
    name = "hexi.portal.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; the modules stand only after Django does."""
        import_module("hexi.portal.assessment.event_words").install()
