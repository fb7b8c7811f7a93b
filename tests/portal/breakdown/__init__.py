"""Tests of breaking down, duties, yearly plans and tasks (分解测试)."""
