"""Sign in and out (登录、退出): by password, or by the link of a local installation."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.person import Person
from hexi.portal.core.models.token import SignInLink, digest_of
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["make_sign_in_link", "sign_in", "sign_in_by_link", "sign_out"]

LINK_LIFE = timedelta(hours=12)
#: failures of one name from one address before it must wait
ALLOWED_FAILURES = 8
WAIT_SECONDS = 15 * 60


def sign_in(request: HttpRequest, username: str, password: str, *, at: datetime) -> Person:
    """Check the password; too many failures make the name wait."""
    key = f"sign-in:{digest_of(username + '|' + request.META.get('REMOTE_ADDR', ''))}"
    if cache.get(key, 0) >= ALLOWED_FAILURES:
        raise Refusal(
            "too_many_failures",
            _("Too many failed attempts for this user name."),
            _("Wait 15 minutes, or ask the administrator to set a new password."),
            status=429,
        )
    person = authenticate(request, username=username, password=password)
    if not isinstance(person, Person):
        cache.add(key, 0, WAIT_SECONDS)
        cache.incr(key)
        raise Refusal(
            "wrong_password",
            _("The user name or the password is wrong."),
            _("Check both; the password is case-sensitive."),
            status=401,
        )
    cache.delete(key)
    with transaction.atomic():
        _arrived(person, at, "password")
    return person


def sign_in_by_link(code: str, *, at: datetime) -> Person:
    """Use a link: once, and within twelve hours."""
    with transaction.atomic():
        link = (
            SignInLink.objects.select_for_update()
            .select_related("person")
            .filter(digest=digest_of(code), used_at=None, created_at__gt=at - LINK_LIFE)
            .first()
        )
        if link is None or not link.person.is_active:
            raise Refusal(
                "link_used",
                _("This sign-in link was used already or is too old."),
                _("Run the start command again: it prints a new link."),
                status=403,
            )
        link.used_at = at
        link.save(update_fields=["used_at"])
        _arrived(link.person, at, "link")
    return link.person


def make_sign_in_link(person: Person, *, at: datetime) -> str:
    """A new secret code for the link; older unused links of the person end."""
    code = secrets.token_urlsafe(24)
    with transaction.atomic():
        SignInLink.objects.filter(person=person).delete()
        SignInLink.objects.create(person=person, digest=digest_of(code), created_at=at)
        record("make_sign_in_link", person, by=None, at=at)
    return code


def sign_out(person: Person, *, at: datetime) -> None:
    """Record that the person left."""
    with transaction.atomic():
        record("sign_out", person, by=person, at=at)


def _arrived(person: Person, at: datetime, way: str) -> None:
    person.last_login = at
    person.save(update_fields=["last_login"])
    record("sign_in", person, by=person, at=at, after={"way": way})
