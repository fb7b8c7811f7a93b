"""Assessments in the API (考核接口)."""
