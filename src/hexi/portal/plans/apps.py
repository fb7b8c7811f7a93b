"""Registration of the plans app (规划应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["PlansConfig"]


class PlansConfig(AppConfig):
    name = "hexi.portal.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events; its modules stand only after Django does."""
        import_module("hexi.portal.plans.event_words").install()
