"""What the pages and the API ask (分解查询)."""
