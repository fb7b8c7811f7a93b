"""Admission in the portal (准入测试)."""
