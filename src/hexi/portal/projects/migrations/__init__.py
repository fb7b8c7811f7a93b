"""Migrations of the projects app (数据库变更)."""
