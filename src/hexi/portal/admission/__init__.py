"""The admission app (准入应用)."""
