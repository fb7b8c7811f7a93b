"""Supervision (督办引擎): clocks and levels of orders, kinds of problems and visits, proposals.

Everything here is computed from what it is given; people, rows and days come from outside.
"""
