"""What pages and API show of plans (规划查询): rows become display-ready lines, by scope."""
