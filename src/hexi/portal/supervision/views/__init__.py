"""Pages of the app (督办页面)."""
