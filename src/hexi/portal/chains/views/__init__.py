"""Pages of the app (产业链图谱页面)."""
