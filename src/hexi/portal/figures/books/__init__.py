"""Books of figures (数据簿): where the cells of a page come from, working or released."""
