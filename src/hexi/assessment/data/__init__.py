"""What a run is computed from (考核数据): one table of units by items, frozen."""
