"""Questions about evaluations (评估查询)."""
