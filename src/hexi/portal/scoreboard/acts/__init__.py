"""Acts of the scoreboard (监测行为): one file an act."""
