"""Person (人员): who signs in, in which role, and for which units."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.unit import Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import GRANTS, Permission, Role

__all__ = ["Person"]


class People(BaseUserManager["Person"]):
    """Look-up by the name that a person signs in with."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A member of staff. Scope is the subtrees of ``units``; an administrator sees all."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READER)
    units = models.ManyToManyField(Unit, blank=True, related_name="people", verbose_name=_("units"))
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        ordering = ("username",)
        verbose_name = _("person")

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    @property
    def scope_label(self) -> str:
        """The names of the units, as a person reads them."""
        if self.is_administrator:
            return str(_("All units"))
        return "、".join(name_of(unit) for unit in self.scope_units())

    def scope_units(self) -> list[Unit]:
        """The units themselves; read once a request."""
        if not hasattr(self, "_scope_units"):
            self._scope_units = list(self.units.all())
        return self._scope_units

    def scope_paths(self) -> list[str]:
        return [unit.path for unit in self.scope_units()]

    def covers(self, path: str) -> bool:
        """Is the unit of this path inside the person's scope?"""
        if self.is_administrator:
            return True
        return bool(path) and any(path.startswith(mine) for mine in self.scope_paths())

    def grants(self, permission: Permission) -> bool:
        """Does the role allow this kind of step somewhere?"""
        return self.is_active and permission in GRANTS[self.role]
