"""Forms of the core (核心表单): log-in, password, person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models.person import Person
from hexi.portal.core.models.unit import Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Role

__all__ = ["PasswordForm", "PersonForm", "SignInForm"]


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """A new password, typed once and shown on request by the browser."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not at run time
    """Units by their names in the reader's language."""

    def label_from_instance(self, obj: Unit) -> str:
        return name_of(obj)


class PersonForm(forms.Form):
    """One person: name, role, units."""

    username = forms.CharField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Full name"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    units = UnitsField(
        label=_("Units"), queryset=Unit.objects.none(), required=False, to_field_name="code"
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        required=False,
        help_text=_("At least 10 characters. Empty leaves it as it is."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    active = forms.BooleanField(label=_("May sign in"), required=False, initial=True)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs.setdefault(
                "initial",
                {
                    "username": person.username,
                    "name": person.name,
                    "role": person.role,
                    "units": [unit.code for unit in person.scope_units()],
                    "active": person.is_active,
                },
            )
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Unit.objects.order_by("order")
        if person is not None:
            self.fields["username"].disabled = True
