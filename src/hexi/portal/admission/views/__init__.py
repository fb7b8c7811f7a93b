"""Pages of the app (准入页面)."""
