"""The nouns of the core (核心数据): one file a noun."""

from hexi.portal.core.models.event import Event
from hexi.portal.core.models.person import Person
from hexi.portal.core.models.token import ApiToken, SignInLink
from hexi.portal.core.models.unit import Unit

__all__ = ["ApiToken", "Event", "Person", "SignInLink", "Unit"]
