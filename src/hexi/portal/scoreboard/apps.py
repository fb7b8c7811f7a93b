"""Registration of the scoreboard app (监测应用) with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["ScoreboardConfig"]


class ScoreboardConfig(AppConfig):
    name = "hexi.portal.scoreboard"
    label = "scoreboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Words of the app's events, its number in the navigation, and its part when targets are
        written; the modules stand only after Django does."""
        import_module("hexi.portal.scoreboard.event_words").install()
        context = import_module("hexi.portal.core.context")
        tasks = import_module("hexi.portal.scoreboard.queries.warnings")
        context.count_in_navigation("scoreboard", tasks.waiting_for)
        seeding = import_module("hexi.portal.scoreboard.sweep.seeding")
        followers = import_module("hexi.portal.plans.target_followers")
        followers.follow_targets("scoreboard", seeding.monitor_plans)
        waiting = import_module("hexi.portal.scoreboard.queries.tasks")
        import_module("hexi.portal.core.tasks").add_tasks(waiting.KINDS, waiting.tasks)
