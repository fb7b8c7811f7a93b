"""Pages of the chains app (产业链图谱页面)."""
