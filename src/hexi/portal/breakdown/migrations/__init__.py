"""Migrations of the breakdown app (分解迁移)."""
