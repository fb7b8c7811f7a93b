"""Pages of the core (核心页面): log-in, people, events, units, help, errors."""
