"""E-mail addresses of units (责任主体邮箱): where a letter to a unit goes."""

from __future__ import annotations

from hexi.portal.returns.models import Reporter

__all__ = ["addresses_of"]


def addresses_of() -> dict[int, str]:
    """Unit key to the address that the unit gave as a reporter; units without one are left out."""
    rows = Reporter.objects.exclude(unit=None).exclude(email="")
    return {unit: email for unit, email in rows.values_list("unit", "email") if unit}
