"""The nouns of the figures app (数据应用的数据): one file a noun."""

__all__: list[str] = []
