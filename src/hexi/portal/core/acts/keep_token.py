"""API tokens (接口令牌): make one, show it once, revoke it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.event import Event
from hexi.portal.core.models.person import Person
from hexi.portal.core.models.token import ApiToken, digest_of
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal

__all__ = ["make_token", "revoke_token"]

MOST_TOKENS = 20


def make_token(person: Person | None, name: str, *, at: datetime) -> str:
    """A new token for oneself; the secret is returned and never kept."""
    if person is None:
        raise NotPermitted
    name = name.strip()[:80]
    if not name:
        raise Refusal("no_name", _("The token has no name."), _("Name what will use it."))
    secret = f"hexi_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        if person.tokens.count() >= MOST_TOKENS:
            raise Refusal(
                "too_many_tokens", _("There are 20 tokens already."), _("Revoke one first.")
            )
        token = ApiToken.objects.create(
            person=person, name=name, digest=digest_of(secret), created_at=at
        )
        record("make_token", token, by=person, at=at, after={"name": name})
    return secret


def revoke_token(token_id: int, *, by: Person | None, at: datetime) -> Event:
    """End a token: one's own, or anybody's as administrator."""
    if by is None:
        raise NotPermitted
    with transaction.atomic():
        tokens = ApiToken.objects.select_for_update().filter(pk=token_id)
        if not by.is_administrator:
            tokens = tokens.filter(person=by)
        token = tokens.first()
        if token is None:
            raise NotFound
        event = record("revoke_token", token, by=by, at=at, before={"name": token.name})
        token.delete()
        return event
