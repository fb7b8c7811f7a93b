"""The nouns of the app (准入数据): one file a noun."""
