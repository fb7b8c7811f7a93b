"""What every system of the portal stands on (核心): units, people, roles, scope and events."""
