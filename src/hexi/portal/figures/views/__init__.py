"""Pages of the figures app (数据页面)."""
