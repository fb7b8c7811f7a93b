"""Monitoring (监测评估): where every target stands, what will become of it, and what did."""
