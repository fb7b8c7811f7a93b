"""The API of the app (准入接口)."""
