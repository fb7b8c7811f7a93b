"""Clocks of enquiries, clauses of agreements, counting of funds in place (招商引擎)."""
