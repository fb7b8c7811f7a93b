"""Pages of evaluations (评估页面)."""
