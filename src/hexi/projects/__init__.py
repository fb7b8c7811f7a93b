"""Stages, gates, lamps, duplicates and portfolio figures of projects (项目库引擎)."""
