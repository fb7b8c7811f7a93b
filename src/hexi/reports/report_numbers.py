"""Numbers in a report (编号): of its sections, 一、（一） or 1., and of its list of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hexi.monitoring.evaluation.nouns import Language, Section
from hexi.reports.official_numbering import numeral

__all__ = ["numbered", "runs"]


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
            yield f"{numeral(plain)}、", section
        else:
            yield f"（{numeral(plain)}）", section


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers of evidence as (first, last) of each unbroken run: 2, 3, 4, 9 is 2–4 and 9."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
