"""The API of the app (招商引资接口)."""
