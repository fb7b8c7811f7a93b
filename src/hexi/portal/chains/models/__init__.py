"""The nouns of the app (产业链图谱数据): one file a noun."""
