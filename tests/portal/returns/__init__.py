"""Tests of the returns app (报表测试)."""
