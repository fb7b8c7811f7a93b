"""Returns (报表): registers of who reports, filling in, states and approval, the calendar."""
