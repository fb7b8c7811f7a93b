"""Keys to the door (凭证): API tokens and sign-in links. Only their digests are kept."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.person import Person

__all__ = ["ApiToken", "SignInLink", "digest_of"]


def digest_of(code: str) -> str:
    """What is stored of a secret; the secrets are long and random, so one round is enough."""
    return hashlib.sha256(code.encode()).hexdigest()


class ApiToken(models.Model):
    """A key with which a program acts for a person, with that person's scope."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that signs one person in once, printed in the terminal of a local installation."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.person.username
