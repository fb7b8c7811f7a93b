"""Addresses of the project library (项目库地址)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
