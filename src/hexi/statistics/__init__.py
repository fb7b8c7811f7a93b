"""Statistics (统计): returns, their checking, and indicators computed from one definition."""
