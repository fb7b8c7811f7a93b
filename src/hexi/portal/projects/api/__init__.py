"""The API of projects (项目接口)."""
