"""Check an agreement (公平竞争审查): by another person than the drafter, clause by clause.

A clause that breaks Art. 8 to 11 of the regulation and has no exception that holds makes the result
a refusal, with the article; an open question makes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.agreement_book import clauses_of, fair_rules, finding_record
from hexi.portal.promotion.holding import held
from hexi.portal.promotion.models import Agreement, AgreementState, FairCheck
from hexi.portal.returns.form_book import day_of
from hexi.promotion.fair_competition import Answer, Review, review

__all__ = ["check_agreement"]


def check_agreement(
    agreement_id: int,
    answers: Mapping[str, Answer],
    *,
    heard: str,
    reason: str,
    seen: int | None = None,
    by: Person | None,
    at: datetime,
) -> FairCheck:
    """Finish the check of the version that was seen; it stays for good, whatever it says."""
    with transaction.atomic():
        row = held(
            Agreement, agreement_id, by, Permission.PROMOTE, seen=seen, also=("project__unit",)
        )
        day = day_of(at)
        clauses = clauses_of(row)
        done = review(fair_rules(), clauses, answers, day)
        tell([*_of_person(row, by), *_faults(row, done, heard, reason)])
        row.state = AgreementState.PASSED if done.passes else AgreementState.REFUSED
        row.save()
        made = FairCheck.objects.create(
            agreement=row,
            version=row.version,
            result=done.verdict,
            heard=heard.strip(),
            reason=reason.strip(),
            findings=finding_record(done, clauses),
            by=by,
            by_name=by.name if by else "",
            day=day,
            at=at,
        )
        record(
            "check_agreement",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "agreement_state": row.state,
                "heard": made.heard,
                "conclusion": made.reason,
                "articles": [one.asked.rule.article for one in done.of("forbidden")],
            },
            reason=made.reason,
        )
    return made


def _of_person(row: Agreement, by: Person | None) -> list[Refusal]:
    if by is None or row.drafter_id != by.pk:
        return []
    return [
        Refusal(
            "own_draft",
            _("Who drafted the agreement does not check it."),
            _("Ask a colleague to check it."),
            status=409,
        )
    ]


def _faults(row: Agreement, done: Review, heard: str, reason: str) -> list[Refusal]:
    found = []
    if row.state not in (AgreementState.DRAFT, AgreementState.REFUSED):
        found.append(
            Refusal(
                "wrong_state",
                _("Only a draft is checked."),
                _("Change the agreement first; the new version is checked again."),
                status=409,
            )
        )
    if missing := len(done.of("open")):
        said = ngettext_lazy(
            "%(n)d question has no answer.", "%(n)d questions have no answer.", "n"
        )
        found.append(
            Refusal(
                "questions_open",
                said % {"n": missing},
                _("Answer each of them with yes or no."),
                place=done.of("open")[0].asked.key,
            )
        )
    if not heard.strip():
        found.append(
            Refusal(
                "nobody_heard",
                _("It is not said who was heard (Art. 16)."),
                _("Name the firms, chambers or colleagues whose opinion was asked."),
                place="heard",
            )
        )
    if not reason.strip():
        found.append(
            Refusal(
                "reason_missing",
                _("The check has no conclusion (Art. 17)."),
                _("Write what the effect on competition is and what follows."),
                place="reason",
            )
        )
    return found
