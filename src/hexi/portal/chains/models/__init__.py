"""The nouns of the chains app (产业链数据): one file a noun; chains themselves are pack data."""

from hexi.portal.chains.models.location_table import LocationTable
from hexi.portal.chains.models.site_left import SiteLeft

__all__ = ["LocationTable", "SiteLeft"]
