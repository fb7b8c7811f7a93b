"""What the pages ask (准入查询)."""
