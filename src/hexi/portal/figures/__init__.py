"""Figures (数据): the explorer, vintages, publication and open data of computed indicators."""
