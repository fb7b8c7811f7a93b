"""Why a project's lamp is not green (亮灯原因): the sentences that the sweep of lamps kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from hexi.portal.projects.models import ProjectRecord

__all__ = ["reason_words"]


def reason_words(project: ProjectRecord) -> list[str]:
    """One sentence a rule that fired, in the reader's language."""
    key = "text_en" if get_language() == "en" else "text"
    return [text for reason in project.lamp_reasons if (text := _text(reason, key))]


def _text(reason: Any, key: str) -> str:
    if not isinstance(reason, dict):
        return str(reason)
    return str(reason.get(key) or reason.get("text") or "")
