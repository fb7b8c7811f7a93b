"""Tests of the figures app (数据应用的测试)."""
