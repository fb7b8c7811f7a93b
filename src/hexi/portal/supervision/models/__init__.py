"""The nouns of the app (督办数据): one file a noun."""
