"""Settings, addresses and what belongs to every request (配置)."""
