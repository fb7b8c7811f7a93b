"""The warehouse (数据仓库): facts as columns, in immutable segments with vintages."""
