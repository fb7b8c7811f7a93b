"""Schemes of assessment (考核办法) as dated data of a pack."""
