"""Registration of the plans app (规划应用) with Django."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["PlansConfig"]


class PlansConfig(AppConfig):
    name = "hexi.portal.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
