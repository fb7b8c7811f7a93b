"""Tests of the engine room of projects (项目引擎测试)."""
