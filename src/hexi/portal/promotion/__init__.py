"""The promotion app (招商引资应用)."""
