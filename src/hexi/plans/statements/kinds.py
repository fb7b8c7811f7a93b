"""Kinds of documents (文种): what a paper's title and first lines say of all its figures.

A bulletin tells results of its year, a yearly plan aims of it, support measures set conditions; a
work report does the first and then the second. Where a sentence does not say whether its figures
were reached or are aimed at, the kind of the paper does.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Literal

from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.times import Clock, Moment, time_pattern

__all__ = ["Kind", "kind_of", "reports", "settled", "speaking_year", "year_of"]

Kind = Literal["mixed", "results", "rules", "aims", ""]
_KINDS: tuple[Kind, ...] = ("mixed", "results", "rules", "aims")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)\d\d)\s*年")
#: 2011年获批以来: the year that something began is not the one told of
_SINCE = re.compile(r"[^，,。；;]{0,8}(?:以来|起)")
#: a report says of when it is in its title, or else within its first lines
_OPENING = 3


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(alternatives(words("documents", kind)))) for kind in _KINDS if kind
    )


def kind_of(title: str) -> Kind:
    """The kind of paper that the title names, or empty."""
    return next((kind for kind, pattern in _patterns() if pattern.search(title)), "")


def reports(title: str) -> bool:
    """…2018—2022年发展情况报告: the title ends in words of an account, so that the years it
    names are those accounted for, not those planned."""
    results = [m.end() for m in re.finditer(alternatives(words("documents", "results")), title)]
    plans = [m.end() for m in re.finditer(alternatives(words("documents", "plans")), title)]
    return bool(results) and results[-1] > max(plans, default=0)


def settled(kind: Kind, titled: Moment | None, texts: list[str]) -> Kind:
    """An account of no named year that speaks of last year and of this one tells both results
    and aims."""
    if kind == "results" and titled is None:
        text = "\n".join(texts[:400])
        if re.search("今年", text) and re.search("去年|上年|过去一年", text):
            return "mixed"
    return kind


def year_of(kind: Kind, title: str, texts: list[str]) -> Moment | None:
    """The year (or part of it) that results were reached in, or that a yearly plan is for."""
    if kind not in ("results", "aims"):
        return None
    for text in (title, *(texts[:_OPENING] if kind == "results" else ())):
        for match in time_pattern().finditer(text):
            moment = Clock(0).read(match)
            dated = match[0].endswith("日") and not match[0].startswith(("截", "至", "到"))
            since = text[match.start() - 1 : match.start()] in ("自", "从") or _SINCE.match(
                text, match.end()
            )
            if (
                match.lastgroup in ("year", "cyear")
                and moment is not None
                and not dated
                and not since
            ):
                way = moment.way if moment.way == "todate" else "point"
                return Moment(moment.first, moment.last, way, moment.part)
    return None


def speaking_year(title: str, texts: list[str]) -> int:
    """The year that the title names, else the latest of the years that the text names often."""
    named = _YEAR.search(title)
    if named:
        return int(named[1])
    years: Counter[int] = Counter()
    for text in texts[:400]:
        years.update(int(match[1]) for match in _YEAR.finditer(text))
    if not years:
        return 2000
    most = max(years.values())
    return max(year for year, count in years.items() if count * 2 >= most)
