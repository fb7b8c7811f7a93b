"""Addresses of the admission app (准入地址)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
