"""The sweep (监测扫描): targets become monitored, and where each stands is kept."""
