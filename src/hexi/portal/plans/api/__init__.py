"""JSON API (数据接口): everything the pages can do, with the same scope and the same acts."""
