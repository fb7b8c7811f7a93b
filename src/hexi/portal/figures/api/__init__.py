"""The interface of figures (数据接口)."""
