"""Queries of the scoreboard (监测查询): what its pages show."""
