"""Addresses of the supervision app (督办地址)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
