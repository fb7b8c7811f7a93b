"""Warehouse key (入库编号): the number by which the warehouse knows a form, an item or a class.

Facts are kept under small whole numbers. A number that was once given is never given to another
code, whatever becomes of the pack.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["WarehouseKey"]


class WarehouseKey(models.Model):
    """One number."""

    #: form, item, class
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=120)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("kind", "number")
        verbose_name = _("warehouse key")
        constraints = (
            models.UniqueConstraint(fields=["kind", "code"], name="one_number_a_code"),
            models.UniqueConstraint(fields=["kind", "number"], name="one_code_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.number}"
