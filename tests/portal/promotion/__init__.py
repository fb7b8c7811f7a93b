"""Tests of the promotion app (招商引资测试)."""
