"""Commands of the returns app (报表命令)."""
