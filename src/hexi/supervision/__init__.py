"""Levels and escalation of orders, deadlines of problems (督办引擎)."""
