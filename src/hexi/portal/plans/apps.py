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
        """Words and counts that the core shows; the modules stand only after Django does."""
        import_module("hexi.portal.plans.event_words").install()
        counts = import_module("hexi.portal.plans.queries.finding_counts")
        context = import_module("hexi.portal.core.context")
        context.count_in_navigation("findings", counts.open_findings)
