"""Commands of the scoreboard (监测命令)."""
