"""The pack's rules of supervision (督办规则) as pages and acts ask for them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from hexi.supervision.book import ProblemKind, SupervisionBook, VisitKind
from hexi.supervision.loading import load_supervision

__all__ = ["book", "kind_body", "kind_name", "kinds_today", "rule_words", "visit_name"]


def book() -> SupervisionBook:
    """All rules of the pack that this office uses."""
    return load_supervision(settings.HEXI.pack)


def kinds_today(day: date) -> tuple[ProblemKind, ...]:
    """Kinds that a problem raised on a day may have."""
    return book().kinds_on(day)


def kind_name(kind: str) -> str:
    """The name of a kind of problem, also one that no longer holds; its id where it is unknown."""
    found = [one for one in book().kinds if one.id == kind]
    if not found:
        return kind
    return found[-1].name_en if get_language() == "en" else found[-1].name


def kind_body(kind: ProblemKind) -> str:
    """Who usually owns such a problem."""
    return kind.body_en if get_language() == "en" else kind.body


def visit_name(kind: str) -> str:
    """The name of a kind of visit; its id where it is unknown."""
    found: VisitKind | None = book().visit(kind)
    if found is None:
        return kind
    return found.name_en if get_language() == "en" else found.name


def rule_words(rule: str) -> str:
    """What a rule of proposal says; its id where it is unknown."""
    found = [one for one in book().proposals if one.id == rule]
    if not found:
        return rule
    return (found[-1].note_en if get_language() == "en" else found[-1].note) or rule
