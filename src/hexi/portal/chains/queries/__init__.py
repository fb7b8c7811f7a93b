"""What the pages ask (产业链图谱查询)."""
