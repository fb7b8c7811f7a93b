"""Keep the list of people (人员管理): enter a person, change role and scope, set a password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.event import Event
from hexi.portal.core.models.person import Person
from hexi.portal.core.models.unit import Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import require

__all__ = ["change_person", "enter_person", "put_password", "set_password"]


def enter_person(
    *,
    username: str,
    name: str,
    role: str,
    units: Sequence[Unit],
    password: str | None,
    by: Person | None,
    at: datetime,
) -> Person:
    """Enter a new person. ``by`` is None only for the first administrator of an installation."""
    with transaction.atomic():
        if by is not None or Person.objects.exists():
            require(by, Permission.MANAGE_PEOPLE)
        _check_role(role, units)
        if Person.objects.filter(username=username).exists():
            raise Refusal(
                "name_taken", _("This user name is taken already."), _("Choose another user name.")
            )
        person = Person(username=username, name=name, role=role)
        put_password(person, password)
        person.save()
        person.units.set(units)
        record("enter_person", person, by=by, at=at, after=_facts(person))
    return person


def change_person(
    person: Person,
    *,
    name: str,
    role: str,
    units: Sequence[Unit],
    active: bool,
    by: Person | None,
    at: datetime,
) -> Event:
    """Change name, role, scope or whether the person may sign in."""
    with transaction.atomic():
        officer = require(by, Permission.MANAGE_PEOPLE)
        person = Person.objects.select_for_update().get(pk=person.pk)
        _check_role(role, units)
        if person.pk == officer.pk and (not active or role != Role.ADMINISTRATOR):
            raise Refusal(
                "own_role",
                _("You cannot take the administrator's role from yourself."),
                _("Let another administrator do it."),
            )
        before = _facts(person)
        person.name, person.role, person.is_active = name, role, active
        person.save(update_fields=["name", "role", "is_active"])
        person.units.set(units)
        if hasattr(person, "_scope_units"):
            del person._scope_units
        return record("change_person", person, by=by, at=at, before=before, after=_facts(person))


def set_password(person: Person, password: str, *, by: Person | None, at: datetime) -> Event:
    """Set a password: one's own, or anybody's as administrator. The password is not recorded."""
    with transaction.atomic():
        if by is None or by.pk != person.pk:
            require(by, Permission.MANAGE_PEOPLE)
        put_password(person, password)
        person.save(update_fields=["password"])
        return record("set_password", person, by=by, at=at)


def put_password(person: Person, password: str | None) -> None:
    """Give the person a password that is hard to guess; None: none to sign in with."""
    if password is None:
        person.set_unusable_password()
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refusal(
            "weak_password",
            " ".join(error.messages),
            _("Choose a password of at least 10 characters that is hard to guess."),
        ) from error
    person.set_password(password)


def _check_role(role: str, units: Sequence[Unit]) -> None:
    if role not in Role.values:
        raise Refusal("unknown_role", _("There is no such role."), _("Choose one of the list."))
    if role == Role.ENTERPRISE:
        if units:
            raise Refusal(
                "enterprise_scope",
                _("An enterprise's person works for that enterprise alone, not for a unit."),
                _("Choose no unit, and name the person on the enterprise's page."),
            )
    elif role != Role.ADMINISTRATOR and not units:
        raise Refusal(
            "no_scope",
            _("This role needs a unit: without one the person would see published plans only."),
            _("Choose at least one unit."),
        )


def _facts(person: Person) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": person.name,
        "role": person.role,
        "active": person.is_active,
        "units": [unit.name for unit in person.units.all()] if person.pk else [],
    }
