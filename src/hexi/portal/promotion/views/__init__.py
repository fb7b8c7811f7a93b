"""Pages of the app (招商引资页面)."""
