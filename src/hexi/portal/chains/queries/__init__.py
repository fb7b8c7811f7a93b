"""What pages and the API ask of the chains (产业链查询)."""
