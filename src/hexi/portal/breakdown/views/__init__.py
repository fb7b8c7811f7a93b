"""Pages of breaking down, yearly plans and tasks (分解页面)."""
