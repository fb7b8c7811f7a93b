"""The nouns of breaking down (分解数据): one file a noun."""

from hexi.portal.breakdown.models.breakdown import Breakdown, Method
from hexi.portal.breakdown.models.part import Part, PartState

__all__ = ["Breakdown", "Method", "Part", "PartState"]
