"""The nouns of the app (招商引资数据): one file a noun."""
