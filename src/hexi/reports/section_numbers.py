"""Numbers of sections (章节编号): 一、（一） 1. in Chinese, 1. 1.1 in English; annexes apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hexi.monitoring.evaluation.nouns import Language, Section
from hexi.quantities.numerals import in_chinese

__all__ = ["numbered"]


def numbered(
    sections: Sequence[Section], language: Language, level: int = 1
) -> Iterator[tuple[str, Section]]:
    """Each section with the number printed before its title."""
    plain = annexes = 0
    for section in sections:
        if section.annex:
            annexes += 1
            yield ("附件：" if language == "zh" else "Annex: "), section
            continue
        plain += 1
        if language == "en":
            yield f"{plain}. ", section
        elif level == 1:
            yield f"{in_chinese(plain)}、", section
        else:
            yield f"（{in_chinese(plain)}）", section
