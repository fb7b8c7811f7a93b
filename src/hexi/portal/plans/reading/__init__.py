"""Reading in the background (后台读取): the engine's work, kept whole or not at all."""
