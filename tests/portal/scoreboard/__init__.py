"""Tests of the scoreboard (监测台测试)."""
