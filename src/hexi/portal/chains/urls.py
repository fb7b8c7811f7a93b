"""Addresses of the chains app (产业链图谱地址)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
