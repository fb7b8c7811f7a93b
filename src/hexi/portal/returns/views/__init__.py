"""Pages of the returns app (报表页面): thin views over queries and acts."""
