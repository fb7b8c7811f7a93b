"""What pages and the API ask of returns (报表查询)."""
