"""Rules over the whole (整体约定): what must hold of every file, whoever wrote it."""
