"""Roles and what they may do (角色与权限): one table, asked by acts, pages and buttons alike."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["GRANTS", "Permission", "Role"]


class Role(models.TextChoices):
    """Whose work a person does."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PROVINCE = "province", _("Province")
    ZONE = "zone", _("Zone")
    PARK = "park", _("Park")
    READER = "reader", _("Reader")


class Permission(StrEnum):
    """A kind of step that must be allowed."""

    UPLOAD = "upload"
    CORRECT = "correct"
    DECIDE = "decide"
    REREAD = "reread"
    EDIT = "edit"
    DELETE = "delete"
    PUBLISH = "publish"
    SEE_EVENTS = "see_events"
    MANAGE_PEOPLE = "manage_people"


_WORK = frozenset(
    {
        Permission.UPLOAD,
        Permission.CORRECT,
        Permission.DECIDE,
        Permission.REREAD,
        Permission.EDIT,
        Permission.DELETE,
    }
)

#: Role to permissions; all but the administrator's hold only inside the person's scope.
GRANTS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.PROVINCE: _WORK | {Permission.PUBLISH},
    Role.ZONE: _WORK | {Permission.PUBLISH},
    Role.PARK: _WORK,
    Role.READER: frozenset(),
}
