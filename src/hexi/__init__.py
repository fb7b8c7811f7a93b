"""Hexi: reads development plans, audits their arithmetic, shows whether targets are kept."""

__version__ = "0.1.0"
