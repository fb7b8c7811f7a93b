"""What the pages of projects ask (项目查询)."""
