"""Unit (责任主体): province, city, zone, park or department; the tree that scope is counted in.

A unit keeps its *path* from the root (``/gansu/lanzhou/…/``): a subtree is then one prefix
comparison, which both databases answer from an index. Membership is dated: zones merge and parks
move, and a unit that has ended stays for the years it existed in.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Unit"]


class Unit(models.Model):
    """One unit of account of the pack."""

    code = models.CharField(_("code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members"
    )
    path = models.CharField(max_length=600, db_index=True)
    order = models.PositiveIntegerField(default=0)
    since = models.CharField(_("since"), max_length=10, blank=True)
    until = models.CharField(_("until"), max_length=10, blank=True)
    #: industries, aliases and whatever else the pack says about the unit
    record = models.JSONField(default=dict)

    class Meta:
        ordering = ("order",)
        verbose_name = _("unit")

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """0 for the root."""
        return self.path.count("/") - 2
