"""Words of projects (项目用语): stages, kinds and lists in the reader's language; money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.projects.stagebook import stage_book
from hexi.projects import money
from hexi.projects.lamps_rules import sentence
from hexi.projects.stages import Choice

__all__ = [
    "LAMPS",
    "choices_of",
    "kind_label",
    "lamp_label",
    "lamp_sentences",
    "lang",
    "moment_text",
    "money_text",
    "month_label",
    "share_text",
    "source_label",
    "stage_label",
    "tag_label",
]

#: lamps in the order of their weight; a project without one was not looked at yet
LAMPS: dict[str, Any] = {
    "red": lazy("Red"),
    "yellow": lazy("Yellow"),
    "green": lazy("Green"),
    "grey": lazy("Grey"),
}


def lang() -> str:
    """The reader's language as the engine names it."""
    return "en" if get_language() == "en" else "zh"


def stage_label(id: str) -> str:
    """Name of a stage."""
    return stage_book().label(id, lang())


def kind_label(id: str) -> str:
    """Name of a kind."""
    return stage_book().kind_label(id, lang())


def tag_label(id: str) -> str:
    """Name of a tag."""
    return stage_book().tag_label(id, lang())


def source_label(id: str) -> str:
    """Name of a source of money."""
    source = stage_book().sources.get(id)
    return source.label(lang()) if source else id


def lamp_label(lamp: str) -> str:
    """Name of a lamp."""
    return str(LAMPS[lamp]) if lamp in LAMPS else _("Not looked at yet")


def lamp_sentences(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Why a lamp burns: each rule's lamp and what it saw, in words."""
    pack = settings.HEXI.pack
    return [
        {
            "lamp": str(reason.get("lamp", "")),
            "label": lamp_label(str(reason.get("lamp", ""))),
            "text": sentence(pack, reason, lang()),
        }
        for reason in reasons
    ]


def choices_of(words: Mapping[str, Choice]) -> list[tuple[str, str]]:
    """Ids and names of a list, for a form."""
    return [(id, word.label(lang())) for id, word in words.items()]


def money_text(yuan: int | None) -> str:
    """A sum as a page says it; empty where it is not known."""
    return money.money_words(yuan, lang())


def share_text(part: int | None, whole: int | None) -> str:
    """How much of a sum another is, in per cent; empty where there is no sum."""
    if not whole or part is None:
        return ""
    return f"{100 * part / whole:.1f}%".replace(".0%", "%")


def month_label(month: int) -> str:
    """202611 as 2026-11."""
    return date(month // 100, month % 100, 1).strftime("%Y-%m")


def moment_text(at: datetime) -> str:
    """A moment as lists show it."""
    return date_format(timezone.localtime(at), "Y-m-d H:i")
