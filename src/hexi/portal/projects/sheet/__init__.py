"""The library as a sheet (项目库表格): one set of columns that is exported and imported again."""
