"""Pages of admission (准入页面)."""
