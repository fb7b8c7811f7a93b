"""Forms of the registers (名录表单): the acts themselves check what is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.models.enterprise import OWNERSHIPS, SIZES
from hexi.portal.returns.registers.entry import LABELS
from hexi.portal.returns.registers.project_entry import LABELS as PROJECT

__all__ = ["EnterpriseForm", "FillerForm", "ProjectForm", "put_faults"]

_DAY = {"type": "date"}


def _choices(known: dict[str, Any]) -> list[tuple[str, Any]]:
    return [("", "—"), *known.items()]


class EnterpriseForm(forms.Form):
    """Every field of the register; what is wrong is told by the act, field by field."""

    code = forms.CharField(label=LABELS["code"], required=False, max_length=40)
    name = forms.CharField(label=LABELS["name"], required=False, max_length=300)
    unit = forms.ChoiceField(label=LABELS["unit"], required=False)
    industry = forms.CharField(
        label=LABELS["industry"], required=False, max_length=10,
        help_text=_("GB/T 4754-2017, for example 3411."),
    )  # fmt: skip
    place = forms.CharField(
        label=LABELS["place"], required=False, max_length=12,
        help_text=_("GB/T 2260, for example 620105."),
    )  # fmt: skip
    opened = forms.CharField(
        label=LABELS["opened"], required=False, widget=forms.DateInput(attrs=_DAY)
    )
    ownership = forms.ChoiceField(
        label=LABELS["ownership"], required=False, choices=_choices(OWNERSHIPS)
    )
    size = forms.ChoiceField(label=LABELS["size"], required=False, choices=_choices(SIZES))
    above_scale = forms.BooleanField(label=LABELS["above_scale"], required=False)
    trader = forms.BooleanField(label=LABELS["trader"], required=False)
    address = forms.CharField(label=LABELS["address"], required=False, max_length=300)
    contact = forms.CharField(label=LABELS["contact"], required=False, max_length=100)
    phone = forms.CharField(label=LABELS["phone"], required=False, max_length=60)
    email = forms.CharField(label=LABELS["email"], required=False, max_length=254)

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:  # a change: code and unit have acts of their own
            del self.fields["code"], self.fields["unit"]
            return
        _offer_units(self, units)


class ProjectForm(forms.Form):
    """Every field of the register of projects."""

    code = forms.CharField(
        label=PROJECT["code"], required=False, max_length=60,
        help_text=_("The code of the approval, as 2401-620100-04-01-123456."),
    )  # fmt: skip
    name = forms.CharField(label=PROJECT["name"], required=False, max_length=300)
    unit = forms.ChoiceField(label=PROJECT["unit"], required=False)
    enterprise = forms.CharField(
        label=PROJECT["enterprise"], required=False, max_length=40,
        help_text=_("It stands in the register, and fills in the returns of the project."),
    )  # fmt: skip
    industry = forms.CharField(
        label=PROJECT["industry"], required=False, max_length=10,
        help_text=_("GB/T 4754-2017, for example 3411."),
    )  # fmt: skip
    place = forms.CharField(
        label=PROJECT["place"], required=False, max_length=12,
        help_text=_("GB/T 2260, for example 620105."),
    )  # fmt: skip
    since = forms.CharField(
        label=PROJECT["since"], required=False, widget=forms.DateInput(attrs=_DAY)
    )
    until = forms.CharField(
        label=PROJECT["until"], required=False, widget=forms.DateInput(attrs=_DAY)
    )
    contact = forms.CharField(label=PROJECT["contact"], required=False, max_length=100)
    phone = forms.CharField(label=PROJECT["phone"], required=False, max_length=60)
    email = forms.CharField(label=PROJECT["email"], required=False, max_length=254)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_units(self, units)


def _offer_units(form: forms.Form, units: Any) -> None:
    field = form.fields["unit"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "—"), *((unit.code, name_of(unit)) for unit in units)]


class FillerForm(forms.Form):
    """An account for who fills in."""

    username = forms.CharField(label=_("User name"), max_length=60)
    name = forms.CharField(label=_("Full name"), max_length=60, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        required=False,
        help_text=_("At least 10 characters. Empty for an account that exists."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def put_faults(form: forms.Form, refusal: Refusal) -> None:
    """Show every part of a refusal at its field."""
    for part in getattr(refusal, "parts", (refusal,)):
        field = part.place if part.place in form.fields else None
        form.add_error(field, f"{part.message} {part.remedy}")
