"""The API of the app (产业链图谱接口)."""
