"""Monitoring (监测评估): what became of targets, judged by observed values."""
