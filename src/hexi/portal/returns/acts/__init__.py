"""Official steps on returns and registers (报表行政行为): one act, one transaction, one event."""
