"""What the pages ask (督办查询)."""
