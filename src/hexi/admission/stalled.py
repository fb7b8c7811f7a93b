"""Idle land and stalled projects (圈而不建、建而不产): dated rules over what is known of a site.

A rule counts whole months from a day (the agreed start, the stop, the completion) and holds where
what it waits for has not come. Of the rules of one family the one with the longest count is told.
What is not known makes a case a suspicion, never a finding.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["ANCHORS", "LACKS", "STEPS", "Site", "Stalled", "StalledRule", "months_after", "stalled"]

#: days that a rule may count from
ANCHORS = ("agreed_start", "stopped", "completed")
#: what may be waited for
LACKS = ("started", "completed", "producing")
#: next steps: remind, investigate, levy the idle-land fee, take the land back
STEPS = ("notify", "verify", "fee", "take_back")

_DAYS = {
    "agreed_start": ("约定动工日期", "agreed start"),
    "stopped": ("中止建设日期", "stop"),
    "completed": ("建成日期", "completion"),
}
_WAITED = {
    "started": ("未动工", "not started"),
    "completed": ("未恢复建成", "not completed"),
    "producing": ("未投产", "not in production"),
}
_MISSING = {
    "land_given": ("供地日期", "the day on which the land was given"),
    "share": ("投资进度和建设面积", "the share invested and the share built"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a project's land and building (用地和建设情况); money in yuan."""

    land_given: date | None = None
    agreed_start: date | None = None
    started: date | None = None
    stopped: date | None = None
    completed: date | None = None
    producing: date | None = None
    total: int | None = None
    invested: int | None = None
    #: built area over the area to be built, 0 to 1
    built_share: float | None = None
    #: what was paid for the land
    price: int | None = None


@dataclass(frozen=True, slots=True)
class StalledRule:
    """One condition of a dated rule, with its law, and what is to be done next."""

    id: str
    family: str
    title: str
    title_en: str
    anchor: str
    lacks: str
    months: int
    needs_land: bool
    #: holds where the share invested, or the share built, lies below; 0: not asked
    invested_below: float
    built_below: float
    step: str
    #: the fee as a share of the price of the land
    fee_share: float
    legal: str
    assumed: str
    assumed_en: str
    since: date
    until: date | None

    def holds_on(self, on: date) -> bool:
        """True where it is in force on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Stalled:
    """A case that a rule sees: since when, how long, on what ground."""

    rule: StalledRule
    since: date
    months: int
    #: facts that would have to be known; empty: the case is certain
    missing: tuple[str, ...]
    #: yuan, where the price of the land is known and a fee is due
    fee: int | None
    reason: str
    reason_en: str

    @property
    def certain(self) -> bool:
        """False for a suspicion."""
        return not self.missing


def stalled(site: Site, rules: Iterable[StalledRule], on: date) -> tuple[Stalled, ...]:
    """What the rules in force on a day see on a site, one case a family."""
    families: dict[str, list[StalledRule]] = {}
    for rule in rules:
        if rule.holds_on(on):
            families.setdefault(rule.family, []).append(rule)
    found: list[Stalled] = []
    for family in families.values():
        longest = sorted(family, key=lambda rule: -rule.months)
        case = next((one for rule in longest if (one := _case(site, rule, on))), None)
        if case is not None:
            found.append(case)
    return tuple(found)


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _case(site: Site, rule: StalledRule, on: date) -> Stalled | None:
    since: date | None = getattr(site, rule.anchor)
    if since is None or months_after(since, rule.months) > on:
        return None
    came: date | None = getattr(site, rule.lacks)
    if came is not None and came <= on:
        return None
    missing: list[str] = []
    if rule.needs_land and site.land_given is None:
        missing.append("land_given")
    small, told, told_en = _small(site, rule)
    if small is False:
        return None
    if small is None:
        missing.append("share")
    passed = _months_between(since, on)
    fee = round(site.price * rule.fee_share) if site.price and rule.fee_share else None
    reasons = [
        _said(site, rule, since, passed, on, fee, told if zh else told_en, missing, zh)
        for zh in (True, False)
    ]
    return Stalled(rule, since, passed, tuple(missing), fee, *reasons)


def _small(site: Site, rule: StalledRule) -> tuple[bool | None, str, str]:
    """Whether too little is invested or built, with the sum; None where it cannot be told."""
    if not rule.invested_below and not rule.built_below:
        return True, "", ""
    invested = site.invested / site.total if site.total and site.invested is not None else None
    asked = ((invested, rule.invested_below), (site.built_share, rule.built_below))
    if invested is not None and invested < rule.invested_below:
        sums = f"{_wan(site.invested)} ÷ {_wan(site.total)} 万元 = {invested:.1%}"
        sums_en = f"¥{_million(site.invested)} m ÷ ¥{_million(site.total)} m = {invested:.1%}"
        below = f"{rule.invested_below:.0%}"
        return True, f"已投资 {sums}，不足 {below}", f"invested {sums_en}, under {below}"
    if site.built_share is not None and site.built_share < rule.built_below:
        zh = f"建设面积占 {site.built_share:.1%}，不足三分之一"
        return True, zh, f"{site.built_share:.1%} of the area built, under a third"
    # a share that nobody entered is not asked; where none is known it cannot be told
    if any(share is not None for share, below in asked if below):
        return False, "", ""
    return None, "", ""


def _said(
    site: Site,
    rule: StalledRule,
    since: date,
    passed: int,
    on: date,
    fee: int | None,
    told: str,
    missing: Sequence[str],
    zh: bool,
) -> str:
    """The reason as a sentence, with its days and sums."""
    pick = 0 if zh else 1
    day, waited = _DAYS[rule.anchor][pick], _WAITED[rule.lacks][pick]
    if zh:
        parts = [
            f"{day} {since}，至 {on} 已满 {passed} 个月{waited}（规则为满 {rule.months} 个月）"
        ]
    else:
        parts = [f"{day} {since}, {waited} after {passed} months on {on} (rule: {rule.months})"]
    if told:
        parts.append(told)
    if fee is not None:
        share = f"{rule.fee_share:.0%}"
        parts.append(
            f"土地闲置费 {_wan(site.price)} × {share} = {_wan(fee)} 万元"
            if zh
            else f"idle-land fee ¥{_million(site.price)} m × {share} = ¥{_million(fee)} m"
        )
    if missing:
        listed = ("、" if zh else " and ").join(_MISSING[one][pick] for one in missing)
        parts.append(f"缺{listed}，列为疑似" if zh else f"a suspicion only: {listed} not known")
    return ("；" if zh else "; ").join(parts)


def _months_between(since: date, on: date) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if months_after(since, months) <= on else months - 1


def _wan(yuan: int | None) -> str:
    return f"{(yuan or 0) / 10_000:,.2f}".rstrip("0").rstrip(".")


def _million(yuan: int | None) -> str:
    return f"{(yuan or 0) / 1_000_000:,.4f}".rstrip("0").rstrip(".")
