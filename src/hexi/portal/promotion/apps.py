"""Registration of the promotion app (招商引资应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["PromotionConfig"]


class PromotionConfig(AppConfig):
    name = "hexi.portal.promotion"
    label = "promotion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of its events, its tasks, its parts of a project's page, its guard of signing; the
        modules stand only after Django does."""
        import_module("hexi.portal.promotion.event_words").install()
        import_module("hexi.portal.promotion.parts").install()
        import_module("hexi.portal.promotion.signing_guard").install()
        import_module("hexi.portal.projects.hanging").goes_along("promotion.enquiry.project")
        tasks = import_module("hexi.portal.promotion.queries.tasks")
        import_module("hexi.portal.core.tasks").add_tasks(tasks.KINDS, tasks.promotion_tasks)
