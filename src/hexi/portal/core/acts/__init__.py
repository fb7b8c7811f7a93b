"""Official steps of the core (核心行政行为): one act, one file, one transaction, one event."""
