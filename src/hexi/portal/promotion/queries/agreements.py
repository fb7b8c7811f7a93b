"""Agreements on pages (协议页): lines, questions of the check, checks that were done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.promotion.agreement_book import clauses_of, fair_rules
from hexi.portal.promotion.models import Agreement, AgreementState, FairCheck
from hexi.portal.promotion.wording import by_language, said, ten_thousands
from hexi.promotion.fair_loading import load_fair_rules
from hexi.reports.fair_check_docx import CheckPaper, PaperClause, PaperFinding

__all__ = [
    "RESULTS",
    "AgreementLine",
    "agreement_facts",
    "agreement_lines",
    "check_paper",
    "clause_kinds",
    "filtered",
    "question_lines",
]

RESULTS = {
    "passed": lazy("Passed"),
    "excepted": lazy("Passed with exceptions"),
    "refused": pgettext_lazy("check", "Refused"),
}
_LAMPS = {
    AgreementState.DRAFT: "waiting", AgreementState.PASSED: "on_the_way",
    AgreementState.REFUSED: "missed", AgreementState.SIGNED: "met",
    AgreementState.DROPPED: "dismissed",
}  # fmt: skip
_WHY = {
    "unknown": lazy("this ground is not one of the regulation"),
    "not_for_this": lazy("this ground does not excuse this prohibition"),
    "no_basis": lazy("no basis was named"),
    "not_bounded": lazy("it is not said why nothing milder would do, or until when"),
}


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement in a list."""

    id: int
    url: str
    title: str
    number: str
    project: str
    unit: str
    parties: str
    amount: str
    state: str
    lamp: str
    drafter: str
    signed_on: date | None


def agreement_lines(rows: Iterable[Agreement]) -> list[AgreementLine]:
    """Lines of a page; rows come with project and unit."""
    return [
        AgreementLine(
            id=row.pk,
            url=reverse("agreement", args=[row.pk]),
            title=row.title,
            number=row.number,
            project=row.project.called,
            unit=name_of(row.project.unit),
            parties=row.parties,
            amount=ten_thousands(row.amount),
            state=row.get_state_display(),
            lamp=_LAMPS[AgreementState(row.state)],
            drafter=row.drafter_name,
            signed_on=row.signed_on,
        )
        for row in rows
    ]


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address; also used by the API. Drafts come first."""
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(title__icontains=query)
            | Q(number__icontains=query)
            | Q(project__name__icontains=query)
        )
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    place = Case(
        *(When(state=state, then=Value(at)) for at, state in enumerate(AgreementState.values)),
        default=Value(9),
    )
    return rows.select_related("project__unit").order_by(place, "-id")


def clause_kinds() -> list[tuple[str, str]]:
    """Kinds of clauses as a form offers them."""
    return [(kind.id, said(kind, "name")) for kind in fair_rules().kinds.values()]


def agreement_facts(row: Agreement, person: Person | None) -> dict[str, Any]:
    """Everything that its page shows."""
    rules = fair_rules()
    inside = person is not None and person.covers(row.unit_path)
    may = inside and person is not None and person.grants(Permission.PROMOTE)
    own = person is not None and row.drafter_id == person.pk
    checks = list(row.checks.all())
    open_ = row.state in (AgreementState.DRAFT, AgreementState.REFUSED, AgreementState.PASSED)
    return {
        "row": row,
        "unit": name_of(row.project.unit),
        "amount": ten_thousands(row.amount),
        "state": row.get_state_display(),
        "lamp": _LAMPS[AgreementState(row.state)],
        "clauses": [
            {"number": one.number, "kind": said(rules.kinds[one.kind], "name")
             if one.kind in rules.kinds else one.kind, "text": one.text}
            for one in row.clauses.all()
        ],
        "checks": [_check(one, row.version) for one in checks],
        "can": {
            "change": may and open_,
            "check": may and not own
            and row.state in (AgreementState.DRAFT, AgreementState.REFUSED),
            "own_draft": may and own
            and row.state in (AgreementState.DRAFT, AgreementState.REFUSED),
            "sign": may and row.state == AgreementState.PASSED,
            "drop": may and open_,
        },
        "not_checked": row.state in (AgreementState.DRAFT, AgreementState.REFUSED),
    }  # fmt: skip


def _check(row: FairCheck, version: int) -> dict[str, Any]:
    broken = [one for one in row.findings if one["verdict"] == "forbidden"]
    excepted = [one for one in row.findings if one["verdict"] == "excepted"]
    return {
        "id": row.pk,
        "day": row.day,
        "by": row.by_name,
        "version": row.version,
        "old": row.version != version,
        "result": RESULTS[row.result],
        "lamp": "missed" if row.result == "refused" else "met",
        "heard": row.heard,
        "reason": row.reason,
        "asked": len(row.findings),
        "broken": [_found(one) for one in broken],
        "excepted": [_found(one) for one in excepted],
    }


def _found(one: Mapping[str, Any]) -> dict[str, Any]:
    exemption = fair_rules().exemptions.get(one["exemption"])
    return {
        "number": one["number"],
        "article": by_language(one["article"], one["article_en"]),
        "says": by_language(one["says"], one["says_en"]),
        "ground": said(exemption, "name") if exemption else "",
        "basis": one["basis"],
        "why": str(_WHY.get(one["why"], "")),
    }


def question_lines(row: Agreement, sent: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The questions clause by clause, with what was answered already on this page."""
    rules = load_fair_rules(settings.HEXI.pack)
    clauses = clauses_of(row)
    by_number: dict[int, list[dict[str, Any]]] = {}
    for asked in rules.questions(clauses, day):
        grounds = [rules.exemptions[one] for one in asked.rule.exceptions]
        by_number.setdefault(asked.number, []).append(
            {
                "key": asked.key,
                "article": said(asked.rule, "article"),
                "asks": said(asked.rule, "asks"),
                "says": said(asked.rule, "says"),
                "grounds": [
                    {"id": one.id, "label": f"{said(one, 'article')} {said(one, 'name')}"}
                    for one in grounds
                ],
                "contains": sent.get(f"contains-{asked.key}", ""),
                "exemption": sent.get(f"exemption-{asked.key}", ""),
                "basis": sent.get(f"basis-{asked.key}", ""),
                "milder": sent.get(f"milder-{asked.key}", ""),
                "until": sent.get(f"until-{asked.key}", ""),
            }
        )
    blocks = []
    for clause in clauses:
        kinds = rules.kinds_of(clause)
        blocks.append(
            {
                "number": clause.number,
                "text": clause.text,
                "kind": said(rules.kinds[clause.kind], "name"),
                "betrayed": [said(rules.kinds[one], "name") for one in kinds[1:]],
                "questions": by_number.get(clause.number, []),
            }
        )
    return {
        "blocks": blocks,
        "whole": by_number.get(0, []),
        "asked": sum(len(one) for one in by_number.values()),
        "source": next((rule.source for rule in rules.rules), ""),
    }


def check_paper(check_id: int, person: Person | None) -> CheckPaper:
    """One check as it is printed."""
    rows = FairCheck.objects.visible_to(person).select_related("agreement__project__unit")
    row: FairCheck | None = rows.filter(pk=check_id).first()
    if row is None:
        raise NotFound
    rules, agreement = fair_rules(), row.agreement
    grouped: dict[int, list[Mapping[str, Any]]] = {}
    for one in row.findings:
        grouped.setdefault(one["number"], []).append(one)
    clauses = []
    for number in sorted(grouped, key=lambda n: n or 10**6):
        first = grouped[number][0]
        kind = rules.kinds.get(first["kind"])
        clauses.append(
            PaperClause(
                number,
                kind.name if kind else "",
                first["text"],
                tuple(_paper_finding(one) for one in grouped[number]),
            )
        )
    return CheckPaper(
        agreement.title, agreement.number, agreement.project.called, agreement.project.unit.name,
        agreement.parties, row.version, row.result, clauses, row.heard, row.reason,
        agreement.drafter_name, row.by_name, row.day,
    )  # fmt: skip


def _paper_finding(one: Mapping[str, Any]) -> PaperFinding:
    exemption = fair_rules().exemptions.get(one["exemption"])
    ground = f"{exemption.article}：{exemption.name}" if exemption else ""
    return PaperFinding(
        one["article"], one["asks"], one["contains"], one["verdict"], ground, one["basis"],
        one["milder"], one["until"], one["says"],
    )  # fmt: skip
