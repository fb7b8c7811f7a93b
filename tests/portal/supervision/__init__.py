"""Tests of the project library (项目库测试)."""
