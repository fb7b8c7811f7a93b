"""Migrations of the app (数据库变更)."""
