"""Pages of the scoreboard (监测页面)."""
