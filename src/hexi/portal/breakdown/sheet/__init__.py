"""The sheet in which a target is broken down (分解表): its cells, its files, its checks."""
