"""Agreed figures (对赌条款、履约指标): what an investor promised by a day, and what became of it.

Nothing is guessed: where the figures end before the agreed day, or none was ever given, that is
said, and a promise is missed only where figures up to its day are known.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["KINDS", "MEASURES", "STATUSES", "AgreedItem", "Kept", "Promise", "Seen", "judge"]

KINDS = ("money", "people")
#: cumulated up to a day; of a calendar year; as it stands on a day
MEASURES = ("to_date", "year", "point")
STATUSES = ("met", "on_the_way", "missed", "no_data")


@dataclass(frozen=True, slots=True)
class AgreedItem:
    """What may be agreed (履约指标)."""

    id: str
    title: str
    title_en: str
    #: money: yuan; people: heads
    kind: str
    measure: str
    #: divided by the project's land, in mu
    per_mu: bool
    #: the item whose figures are divided
    of: str
    #: progress: follows from the monthly progress; entered: by a person with evidence
    source: str
    #: item of the enterprise's monthly return that twelve months of may stand in for it
    return_item: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A value to be reached by a day; yuan, yuan a mu, or heads."""

    value: Decimal
    by: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as it was at the end of a day (of a year: its last), and where it is from."""

    of: date
    value: Decimal
    source: str
    source_en: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a promise, with the sum behind it."""

    status: str
    #: the figure that the status rests on
    seen: Seen | None
    #: in the unit of the promise
    value: Decimal | None
    share: Decimal | None
    sentence: str
    sentence_en: str


def judge(
    item: AgreedItem, promise: Promise, seen: Sequence[Seen], on: date, land: Decimal | None
) -> Kept:
    """Whether a promise is kept on a day, by the figures up to it."""
    if item.per_mu and not land:
        zh, en = (
            "项目用地未登记，无法计算亩均数",
            "the land is not entered, so nothing a mu can be told",
        )
        return Kept("no_data", None, None, None, zh, en)
    known = sorted((one for one in seen if one.of <= on), key=lambda one: one.of)
    over = land if item.per_mu and land else Decimal(1)
    limit = _limit(promise.by, item.measure)
    in_time = [one for one in known if one.of <= limit]
    reached = next((one for one in in_time if one.value / over >= promise.value), None)
    if reached is not None:
        return _kept("met", item, promise, reached, over, "")
    if on <= promise.by:
        if not known:
            return Kept("no_data", None, None, None, "尚无数据", "no figure yet")
        left = (promise.by - on).days
        return _kept("on_the_way", item, promise, known[-1], over, "", left)
    settles = next((one for one in known if _covers(one.of, promise.by, item.measure)), None)
    if settles is None or settles.value / over >= promise.value:
        newest = known[-1] if known else None
        value = newest.value / over if newest else None
        return Kept("no_data", newest, value, None, *_open_end(known, settles))
    later = next(
        (one for one in known if one.of > limit and one.value / over >= promise.value), None
    )
    return _kept("missed", item, promise, settles, over, str(later.of) if later else "")


def _open_end(known: Sequence[Seen], settles: Seen | None) -> tuple[str, str]:
    """Why it cannot be told whether a promise whose day is over was kept."""
    if settles is not None:
        zh = f"到期前后的数据缺失：{settles.of} 已达到，到期时是否达到无从判断"
        return zh, f"reached by {settles.of}; whether by the agreed day is not known"
    if not known:
        return "没有任何数据", "no figure at all"
    last = known[-1].of
    return (
        f"数据至 {last} 为止，没有到期时的数",
        f"figures end on {last}; none is of the agreed day",
    )


def _limit(by: date, measure: str) -> date:
    """The last day whose figure counts as in time: figures come by months and by years."""
    if measure == "year":
        return date(by.year, 12, 31)
    if measure == "to_date":
        return by.replace(day=calendar.monthrange(by.year, by.month)[1])
    return by


def _covers(of: date, by: date, measure: str) -> bool:
    """Whether a figure shows what was reached by the day: a year's only that of its year."""
    return of.year == by.year if measure == "year" else of >= by


def _kept(
    status: str,
    item: AgreedItem,
    promise: Promise,
    seen: Seen,
    over: Decimal,
    later: str,
    left: int | None = None,
) -> Kept:
    value = seen.value / over
    share = value / promise.value if promise.value else None
    said = []
    for zh in (True, False):
        parts = [_sum(item, promise, seen, over, value, share, zh)]
        gap = promise.value - value
        if gap > 0:
            short = _amount(item, gap, zh)
            parts.append(f"差 {short}" if zh else f"short by {short}")
        if left is not None:
            parts.append(f"距期限 {left} 天" if zh else f"{left} days left")
        if later:
            parts.append(f"逾期后于 {later} 达到" if zh else f"reached late, by {later}")
        said.append(("，" if zh else ", ").join(parts))
    return Kept(status, seen, value, share, *said)


def _sum(
    item: AgreedItem,
    promise: Promise,
    seen: Seen,
    over: Decimal,
    value: Decimal,
    share: Decimal | None,
    zh: bool,
) -> str:
    """``至 2026-10-31 累计 3,000 ÷ 100 亩 = 30 万元/亩；约定 300 万元/亩，完成 10.0%``"""
    when = str(seen.of.year) if item.measure == "year" else str(seen.of)
    had = _amount(item, value, zh)
    if item.per_mu:
        whole = _plain(seen.value / 10_000) if zh else f"¥{_million(seen.value)} m"
        had = f"{whole} ÷ {_plain(over)} {'亩' if zh else 'mu'} = {had}"
    wanted = _amount(item, promise.value, zh)
    done = f"{share:.1%}" if share is not None else "–"
    source = seen.source if zh else seen.source_en
    if zh:
        head = {"to_date": f"至 {when} 累计", "year": f"{when} 年", "point": f"{when}"}[
            item.measure
        ]
        return f"{head} {had}（{source}），约定 {wanted}，完成 {done}"
    head = {"to_date": f"up to {when}", "year": f"in {when}", "point": f"on {when}"}[item.measure]
    return f"{head} {had} ({source}), agreed {wanted}, {done}"


def _amount(item: AgreedItem, value: Decimal, zh: bool) -> str:
    if item.kind == "people":
        return f"{_plain(value)} {'人' if zh else 'people'}"
    if zh:
        return f"{_plain(value / 10_000)} 万元{'/亩' if item.per_mu else ''}"
    return f"¥{_million(value)} m{'/mu' if item.per_mu else ''}"


def _million(yuan: Decimal) -> str:
    return _plain(yuan / 1_000_000, Decimal("0.0001"))


def _plain(value: Decimal, step: Decimal = Decimal("0.01")) -> str:
    text = f"{value.quantize(step, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
