"""What pages and the API ask of assessments (考核查询)."""
