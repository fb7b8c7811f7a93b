"""Evaluations in the API (评估接口)."""
