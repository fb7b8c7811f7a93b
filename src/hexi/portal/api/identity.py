"""Who calls the API (接口身份): a token, a session, or the public where reading is open."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.utils import check_csrf

from hexi.portal.core.models import ApiToken, Person
from hexi.portal.core.models.token import digest_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.scope import viewer

__all__ = ["caller", "identify"]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: the time of last use is written no more often than this
_STALE = timedelta(minutes=10)


def identify(request: HttpRequest) -> bool:
    """Settle who calls before any operation runs; raises where nobody may."""
    header = request.headers.get("Authorization", "")
    if header:
        request.user = _by_token(header)
        return True
    if request.method not in _SAFE and check_csrf(request, lambda _request: None) is not None:
        raise Refusal(
            "csrf",
            _("The request came without a token of this session."),
            _("Send an API token in the Authorization header."),
            status=403,
        )
    if viewer(request) is None and not settings.HEXI.public_reading:
        raise _unknown()
    return True


def caller(request: HttpRequest) -> Person | None:
    """The person of this request; None for the public."""
    return viewer(request)


def _by_token(header: str) -> Person:
    kind, _space, secret = header.partition(" ")
    token = None
    if kind.lower() == "bearer" and secret:
        token = (
            ApiToken.objects.select_related("person")
            .filter(digest=digest_of(secret.strip()), person__is_active=True)
            .first()
        )
    if token is None:
        raise _unknown()
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _STALE:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    person: Person = token.person
    return person


def _unknown() -> Refusal:
    return Refusal(
        "not_signed_in",
        _("Nobody is signed in, or the API token is not valid."),
        _("Make a token on your account page and send it as a Bearer token."),
        status=401,
    )
