"""Addresses of the promotion app (招商引资地址)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
