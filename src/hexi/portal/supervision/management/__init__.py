"""Commands of supervision (督办命令)."""
