"""The clauses of an agreement (协议条款): as the check reads them, and as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.promotion.models import Agreement, AgreementClause
from hexi.promotion.fair_competition import Answer, Clause, FairRules, Finding, Review
from hexi.promotion.fair_loading import load_fair_rules

__all__ = [
    "answers_of",
    "clause_faults",
    "clauses_of",
    "fair_rules",
    "finding_record",
    "put_clauses",
]

_MOST: Final = 60
_LONG: Final = 4000


def fair_rules() -> FairRules:
    """The rules of the pack that is in force here."""
    return load_fair_rules(settings.HEXI.pack)


def clauses_of(agreement: Agreement) -> list[Clause]:
    """The clauses in order, as the engine takes them."""
    return [Clause(row.number, row.kind, row.text) for row in agreement.clauses.all()]


def clause_faults(clauses: Sequence[tuple[str, str]]) -> list[Refusal]:
    """What is wrong with clauses as (kind, text)."""
    found = []
    if not clauses or len(clauses) > _MOST:
        found.append(
            Refusal(
                "clauses_missing",
                gapped(_("An agreement has 1 to %(n)d clauses."), n=_MOST),
                _("Write each promise as a clause of its own."),
                place="clauses",
            )
        )
    kinds = fair_rules().kinds
    for number, (kind, text) in enumerate(clauses, 1):
        if kind not in kinds:
            found.append(
                Refusal(
                    "clause_kind",
                    gapped(_("Clause %(n)d has no kind."), n=number),
                    _("Choose what it is about; the check asks by it."),
                    place=f"kind-{number}",
                )
            )
        if not text.strip() or len(text) > _LONG:
            found.append(
                Refusal(
                    "clause_text",
                    gapped(_("Clause %(n)d is empty or too long."), n=number),
                    _("Write up to 4,000 characters."),
                    place=f"text-{number}",
                )
            )
    return found


def put_clauses(agreement: Agreement, clauses: Sequence[tuple[str, str]]) -> None:
    """Write the clauses anew, numbered from 1."""
    agreement.clauses.all().delete()
    AgreementClause.objects.bulk_create(
        [
            AgreementClause(agreement=agreement, number=number, kind=kind, text=text.strip())
            for number, (kind, text) in enumerate(clauses, 1)
        ]
    )


def answers_of(sent: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers by question, from fields as ``contains-2:10.1``, ``exemption-2:10.1``."""
    found = {}
    for name, value in sent.items():
        if not name.startswith("contains-") or value not in ("yes", "no"):
            continue
        key = name.removeprefix("contains-")
        found[key] = Answer(
            contains=value == "yes",
            exemption=str(sent.get(f"exemption-{key}", "")).strip(),
            basis=str(sent.get(f"basis-{key}", "")).strip()[:500],
            milder=str(sent.get(f"milder-{key}", "")).strip()[:1000],
            until=_day(str(sent.get(f"until-{key}", ""))),
        )
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def finding_record(review: Review, clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """The check as it is kept: clause, question, answer and what followed, in words of that day."""
    texts = {clause.number: clause for clause in clauses}
    return [_one(finding, texts.get(finding.asked.number)) for finding in review.findings]


def _one(finding: Finding, clause: Clause | None) -> dict[str, Any]:
    rule, answer = finding.asked.rule, finding.answer
    return {
        "key": finding.asked.key,
        "number": finding.asked.number,
        "kind": clause.kind if clause else "",
        "text": clause.text if clause else "",
        "rule": rule.id,
        "article": rule.article,
        "article_en": rule.article_en,
        "asks": rule.asks,
        "asks_en": rule.asks_en,
        "says": rule.says,
        "says_en": rule.says_en,
        "contains": bool(answer and answer.contains),
        "exemption": answer.exemption if answer else "",
        "basis": answer.basis if answer else "",
        "milder": answer.milder if answer else "",
        "until": answer.until.isoformat() if answer and answer.until else "",
        "verdict": finding.verdict,
        "why": finding.why,
    }
