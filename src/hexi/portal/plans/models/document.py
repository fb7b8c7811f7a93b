"""Plan document (规划文件): the file as it was uploaded; its bytes lie in the home by digest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hexi.plans.digest import DIGEST_FORMAT
from hexi.portal.core.scope import ScopedQuerySet
from hexi.portal.plans.models.plan import PlanRow

__all__ = ["PlanDocument"]


class DocumentQuerySet(ScopedQuerySet):
    to_plan = "plan__"

    def texts(self) -> DocumentQuerySet:
        """Files that people brought, without the digests of the pack."""
        return self.exclude(format=DIGEST_FORMAT)


class PlanDocument(models.Model):
    """One file of a plan."""

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="documents")
    name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    format = models.CharField(_("format"), max_length=20, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(_("uploaded by"), max_length=120)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("document")
        constraints = (
            models.UniqueConstraint(fields=["plan", "digest"], name="one_file_once_a_plan"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_digest(self) -> bool:
        """It was written from the pack's figures and stands for a text that is not here."""
        return self.format == DIGEST_FORMAT
