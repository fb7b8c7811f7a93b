"""Pages of the plans app (规划页面): thin views over queries and acts."""
