"""Hexi (河西): reads development plans (规划), audits their arithmetic, judges their targets."""

__version__ = "0.1.0"
