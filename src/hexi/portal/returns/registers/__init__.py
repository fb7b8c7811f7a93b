"""Registers of who reports (名录): enterprises and projects, entered by hand and from files."""
