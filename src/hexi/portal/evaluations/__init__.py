"""Evaluations (规划评估): reports that are computed, worded by people, issued and kept."""
