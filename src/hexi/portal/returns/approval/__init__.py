"""Approval (审批): levels, the course of a return through them, its way into the warehouse."""
