"""Official steps on plans (规划行政行为): one act, one file, one transaction, one event."""
