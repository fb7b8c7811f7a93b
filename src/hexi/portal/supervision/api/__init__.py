"""The API of the app (督办接口)."""
