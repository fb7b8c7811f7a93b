"""Registration of the core app (核心应用) with Django."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["CoreConfig"]


class CoreConfig(AppConfig):
    name = "hexi.portal.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
