"""Admission in the API (准入接口)."""
