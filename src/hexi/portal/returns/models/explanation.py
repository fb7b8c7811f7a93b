"""Explanation (核实说明): why a queried figure is right, in the words of who reported it.

It binds to the rule, its version and the figures that it was given for; when one of them changes,
it lapses and the question is put again. Whether it does is the engine's to say.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.portal.returns.models.form_return import Return
from hexi.statistics.checking import Query

__all__ = ["Explanation"]


class Explanation(models.Model):
    """One answer to one query."""

    target = models.ForeignKey(Return, models.PROTECT, related_name="explanations")
    rule = models.CharField(max_length=80)
    rule_version = models.CharField(max_length=40, blank=True)
    #: code of the dynamic row that the query is on; empty for the whole return
    row = models.CharField(max_length=20, blank=True)
    #: the cells of the query with the figures that stood in them
    cells = models.JSONField(default=dict)
    text = models.TextField(_("explanation"))
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("explanation")

    def __str__(self) -> str:
        return f"{self.target} {self.rule}"

    @property
    def query(self) -> Query:
        """What it is an answer to, as the engine compares it."""
        return Query(f"{self.rule}/{self.rule_version}", self.row, self.cells)
