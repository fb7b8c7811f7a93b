"""The scoreboard for programs (监测接口)."""
