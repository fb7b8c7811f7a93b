"""Structure (结构核算, S3-S4): shares that must fill a hundred, and what the named parts leave.

Shares of the three sectors add up to 100 within half a unit each. Where a plan names only some
parts of its output, the rest follows; it may not be negative, and a rest that shrinks while the
whole doubles is a question to the planner, not a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from hexi.plans.audit.accounts import residuals
from hexi.plans.audit.arithmetic import amount, brief, rounded
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.audit.gather import Book, Figure, Series
from hexi.plans.documents.document import Block, Cell, Document

__all__ = ["check_remainders", "check_splits"]

_NUMBER = r"\d+(?:\.\d+)?"
_SPLIT = re.compile(
    rf"(三次产业|一二三(?:次)?产业|三产|第?一、(?:第)?二、(?:第)?三(?:次)?产业)[^。；]{{0,16}}?"
    rf"((?:{_NUMBER}%[、，,和及与]?){{3}}|{_NUMBER}[:：∶]{_NUMBER}[:：∶]{_NUMBER})"
)
_ANY = re.compile(_NUMBER)
#: A、B、C和其他占…的比重分别为42%、31%、18%和9%
_EACH = re.compile(
    rf"([^，。；：]{{4,80}}?)(?:占[^，。；：、]{{2,20}})?(?:比重|占比|比例|构成|份额)(?:预计|将)?"
    rf"分别(?:为|是|达到|达|占|调整为|优化为)?((?:{_NUMBER}%[、，和及与]{{0,2}}){{3,8}})"
)
_REST = re.compile(r"其他|其它|其余")


def check_splits(docket: Docket) -> Iterator[Finding]:
    """S3: shares of the three sectors."""
    for source, _, holder, text in docket.texts:
        if "%" in text and "分别" in text:
            yield from _named_splits(docket.book.documents[source], holder, text)
        if "三" not in text:
            continue
        for match in _SPLIT.finditer(text):
            printed = _ANY.findall(match[2])
            start, end = holder.place(match.start(2), match.end(2))
            document = docket.book.documents[source]
            evidence = Evidence(document.name, start, end, document.text[start:end])
            yield _split_line(match[1], printed, evidence)


def _named_splits(document: Document, holder: Block | Cell, text: str) -> Iterator[Finding]:
    """Shares of one whole that are listed with their names, the rest among them."""
    for match in _EACH.finditer(text):
        names = re.split(r"[、和及与]|以及", match[1])
        printed = _ANY.findall(match[2])
        if len(names) < len(printed) or "三次产业" in match[1] or "三产" in match[1]:
            continue
        closed = len(names) == len(printed) and _REST.search(match[1]) is not None
        total = sum((Fraction(p) for p in printed), Fraction(0))
        if closed or total == 100:
            start, end = holder.place(match.start(2), match.end(2))
            evidence = Evidence(document.name, start, end, document.text[start:end])
            yield _split_line(match[1][-30:], printed, evidence)


def _split_line(what: str, printed: list[str], evidence: Evidence) -> Finding:
    total = sum((Fraction(p) for p in printed), Fraction(0))
    decimals = max(len(p.partition(".")[2]) for p in printed)
    slack = Fraction(len(printed), 2 * 10**decimals)
    if total == 100:
        verdict = Verdict.EQUAL
    else:
        verdict = Verdict.PASS if abs(total - 100) <= slack else Verdict.OUTSIDE
    return check_line(
        "S3",
        "identity",
        verdict,
        what,
        (),
        f"{' + '.join(printed)} = {brief(total, 6)}",
        f"{brief(100 - slack, 6)}–{brief(100 + slack, 6)} %",
        evidence=(evidence,),
    )


def check_remainders(docket: Docket) -> Iterator[Finding]:
    """S4: what is left of the whole after the parts that are named."""
    book = docket.book
    for (source, owner, name), series in book.series.items():
        for names in residuals(name):
            line = _remainder(book, source, owner, series, names)
            if line is not None:
                yield line
                break


def _remainder(
    book: Book, source: int, owner: str, series: Series, names: tuple[str, ...]
) -> Finding | None:
    rests: list[tuple[int, Figure, list[Figure], Fraction]] = []
    years = sorted({f.year for f in series.figures if f.year is not None and f.is_level})
    for year in years:
        whole = book.level(source, owner, series.name, year)
        if whole is None:
            continue
        parts = [book.level(source, owner, n, year, whole.modality) for n in names]
        named = [p for p in parts if p is not None and p.dimension == whole.dimension]
        if len(named) < len(names):
            continue
        rest = (whole.exact - sum(p.exact for p in named)) / whole.factor
        rests.append((year, whole, named, rest))
    if not rests:
        return None
    verdict = Verdict.PASS
    first, last = rests[0], rests[-1]
    if any(rest < 0 for *_, rest in rests):
        verdict = Verdict.OUTSIDE
    elif len(rests) > 1 and _shrinks_oddly(first, last):
        verdict = Verdict.SUSPECT
    figures = [f for _, whole, parts, _ in (first, last)[: len(rests)] for f in (whole, *parts)]
    what = series.figures[0].statement.indicator
    change = ""
    title = None
    if len(rests) > 1:
        ratio = rounded((last[3] / first[3] - 1) * 100, 1) if first[3] else None
        change = f"（{ratio:+}%）" if ratio is not None else ""
    if verdict is Verdict.SUSPECT:
        grown = rounded((last[1].exact / first[1].exact - 1) * 100, 0)
        title = (
            f"{what}：未列部分由 {brief(first[3])} 降至 {brief(last[3])}，而总体增长 {grown}%",
            f"{what}: the part not named falls from {brief(first[3])} to {brief(last[3])} "
            f"while the whole grows by {grown}%",
        )
    return check_line(
        "S4",
        "identity" if verdict is Verdict.OUTSIDE else "plausibility",
        verdict,
        what,
        figures,
        "；".join(_written(*item) for item in rests) + change,
        "≥ 0",
        title=title,
    )


def _shrinks_oddly(
    first: tuple[int, Figure, list[Figure], Fraction],
    last: tuple[int, Figure, list[Figure], Fraction],
) -> bool:
    """The rest falls by more than rounding while the whole grows by a quarter or more."""
    grows = last[1].exact * 4 >= first[1].exact * 5
    return grows and last[3] * 100 < first[3] * 95


def _written(year: int, whole: Figure, parts: list[Figure], rest: Fraction) -> str:
    taken = " − ".join(
        amount(p) if p.factor == whole.factor else brief(p.exact / whole.factor, 12) for p in parts
    )
    return f"{year}：{amount(whole)} − {taken} = {brief(rest, 6)}"
