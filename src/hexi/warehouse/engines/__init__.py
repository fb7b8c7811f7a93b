"""Engines (计算引擎): what runs the SQL of the stages, one file an engine, one protocol for all."""

from hexi.warehouse.engines.choice import open_engine
from hexi.warehouse.engines.protocol import Dialect, Engine

__all__ = ["Dialect", "Engine", "open_engine"]
