"""What the pages ask (招商引资查询)."""
