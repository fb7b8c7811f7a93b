"""Remarks of the engine on a page (测算说明): two languages, chosen when they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from hexi.monitoring.verdicts import Remark
from hexi.portal.core.refusal import Refusal

__all__ = ["refusals_of", "texts_of"]


def texts_of(remarks: Iterable[Remark]) -> list[str]:
    """The sentences in the reader's language."""
    return [_text(remark) for remark in remarks]


def refusals_of(remarks: Iterable[Remark], remedy: Any = "") -> list[Refusal]:
    """What the engine cannot do, as an act says it."""
    return [Refusal(remark.code, lazy(_text, str)(remark), remedy) for remark in remarks]


def _text(remark: Remark) -> str:
    text = remark.text_en if get_language() == "en" else remark.text
    return (
        text if text.endswith(("。", ".")) else f"{text}{'.' if get_language() == 'en' else '。'}"
    )
