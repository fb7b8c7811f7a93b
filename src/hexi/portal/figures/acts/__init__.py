"""Acts of the figures app (数据行为): one file an act."""
