"""What the pages of figures ask (数据查询): lineage, vintages, releases, notes."""
