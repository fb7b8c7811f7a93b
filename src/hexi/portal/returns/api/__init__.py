"""Returns and registers as JSON (报表接口)."""
