"""Case of what follows (动态管理事项): one proposal on one unit, on its way to a decision.

The proposal and the rules it rests on are kept as they stood when it was put forward: a pack that
changes later changes neither the grounds nor the documents of a case.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.assessment.outcomes.nouns import ACTS, Act, RuleSet
from hexi.assessment.outcomes.proposing import Proposal
from hexi.portal.assessment.keeping import proposal_from, rules_from
from hexi.portal.assessment.models.assessed import Assessed
from hexi.portal.core.models import Person
from hexi.portal.core.scope import ScopedQuerySet

__all__ = ["UNDECIDED", "CaseStage", "OutcomeCase"]


class CaseStage(models.TextChoices):
    """How far the chain of acts has come."""

    #: an earlier decision stands against it: it goes no further
    WITHHELD = "withheld", _("Withheld")
    PROPOSED = "proposed", _("Put forward")
    HEARING = "hearing", _("Being heard")
    ADOPTED = "adopted", _("Decided: adopted")
    REFUSED = "refused", _("Decided: not adopted")
    NOTIFIED = "notified", _("Notified")
    #: the result it rests on was corrected before anything was decided
    LAPSED = "lapsed", _("Lapsed: the result was corrected")
    #: a decision that was taken back
    REVOKED = "revoked", _("Decision revoked")


#: the assessed unit knows of its case from here on
_TOLD = (
    CaseStage.HEARING,
    CaseStage.ADOPTED,
    CaseStage.REFUSED,
    CaseStage.NOTIFIED,
    CaseStage.REVOKED,
)
#: nothing more is to be done
_ENDED = (CaseStage.WITHHELD, CaseStage.NOTIFIED, CaseStage.LAPSED, CaseStage.REVOKED)
#: nothing has been decided yet
UNDECIDED = (CaseStage.WITHHELD, CaseStage.PROPOSED, CaseStage.HEARING)


class CaseQuerySet(ScopedQuerySet):
    def visible_to(self, person: Person | None) -> ScopedQuerySet:
        """Who runs the assessment sees all; the unit concerned from the hearing on."""
        if person is None:
            return self.none()
        if person.is_administrator:
            return self.all()
        # a hearing that came to nothing is still the unit's to see
        heard = self.model.objects.filter(stage=CaseStage.LAPSED, steps__kind="hearing")
        told = Q(stage__in=_TOLD) | Q(pk__in=heard.values("pk"))
        reach = Q(pk=None)
        for path in person.scope_paths():
            reach |= Q(assessed__run__unit__path__startswith=path)
            reach |= Q(assessed__unit__path__startswith=path) & told
        return self.filter(reach)


class OutcomeCase(models.Model):
    """One proposal with everything that was done on it."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="cases")
    rule_set = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    #: what is proposed: removal_candidate, talk, upgrade_candidate …
    state = models.CharField(max_length=24, db_index=True)
    stage = models.CharField(
        max_length=10, choices=CaseStage.choices, default=CaseStage.PROPOSED, db_index=True
    )
    #: None until it is decided, or carried out where the chain has no decision
    adopted = models.BooleanField(null=True)
    #: `hexi.portal.assessment.keeping`
    proposal = models.JSONField()
    rules = models.JSONField()
    #: of the unit in that round: province, region, level …
    attributes = models.JSONField(default=dict)
    opened_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("case of what follows")
        constraints = (
            models.UniqueConstraint(
                fields=["assessed", "rule_set", "rule"], name="a_rule_once_a_unit_and_run"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessed.name} {self.state}"

    @cached_property
    def proposed(self) -> Proposal:
        """The proposal, typed."""
        return proposal_from(self.proposal)

    @cached_property
    def rules_of(self) -> RuleSet:
        """The rules as they stood, typed."""
        return rules_from(self.rules)

    @property
    def chain(self) -> tuple[Act, ...]:
        """Acts of its rule, in their order."""
        return self.proposed.rule.acts

    @property
    def next_act(self) -> Act | None:
        """What is to be done next; None where nothing is."""
        if self.stage in _ENDED:
            return None
        done: Act = {
            CaseStage.PROPOSED: "proposal",
            CaseStage.HEARING: "hearing",
            CaseStage.ADOPTED: "decision",
            CaseStage.REFUSED: "decision",
        }[CaseStage(self.stage)]  # type: ignore[assignment]
        after = ACTS[ACTS.index(done) + 1 :]
        return next((act for act in after if act in self.chain), None)

    def card(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {"state": self.state, "stage": self.stage, "adopted": self.adopted}
