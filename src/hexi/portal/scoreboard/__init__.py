"""Scoreboard (监测台): where every target of every plan stands, why, and who does what about it."""
