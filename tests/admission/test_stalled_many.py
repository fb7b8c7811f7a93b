"""Sites gone through at once give the cases that each gives alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hexi.admission import Site, load_follow_up, stalled
from hexi.admission.stalled import StalledRule
from hexi.admission.stalled_many import UNKNOWN_DAY, Sites, stalled_many

RULES = load_follow_up().rules
DAYS = st.none() | st.dates(date(2021, 1, 1), date(2027, 6, 30))
SHARES = st.none() | st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 1.0])
SITES = st.builds(
    Site,
    land_given=DAYS, agreed_start=DAYS, started=DAYS, stopped=DAYS, completed=DAYS, producing=DAYS,
    total=st.none() | st.just(400), invested=st.none() | st.integers(0, 500), built_share=SHARES,
)  # fmt: skip


def columns(sites: list[Site]) -> Sites:
    days = {
        field.name: np.array(
            [d.toordinal() if (d := getattr(one, field.name)) else UNKNOWN_DAY for one in sites],
            dtype=np.int64,
        )
        for field in fields(Sites)
        if not field.name.endswith("_share")
    }
    shares = [
        np.nan if one.invested is None or not one.total else one.invested / one.total
        for one in sites
    ]
    built = [np.nan if one.built_share is None else one.built_share for one in sites]
    return Sites(**days, invested_share=np.array(shares), built_share=np.array(built))


def told(sites: list[Site], rules: tuple[StalledRule, ...], on: date) -> list[tuple[object, ...]]:
    return [
        (place, case.rule.id, case.since.toordinal(), case.months, case.certain)
        for place, one in enumerate(sites)
        for case in stalled(one, rules, on)
    ]


@given(st.lists(SITES, max_size=12), st.dates(date(2023, 1, 1), date(2028, 3, 1)))
def test_all_at_once_is_each_alone(sites: list[Site], on: date) -> None:
    found = stalled_many(columns(sites), RULES, on)
    assert [
        (int(site), found.rules[rule].id, int(since), int(months), bool(certain))
        for site, rule, since, months, certain in zip(
            found.site, found.rule, found.since, found.months, found.certain, strict=True
        )
    ] == told(sites, RULES, on)


def test_month_ends_count_as_they_do_alone() -> None:
    rule = replace(
        next(one for one in RULES if one.anchor == "agreed_start"), months=1, since=date(2000, 1, 1)
    )
    starts = [date(2026, 1, 28) + timedelta(n) for n in range(5)]
    sites = [Site(date(2020, 1, 1), agreed_start=start) for start in starts]
    for on in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)):
        found = stalled_many(columns(sites), [rule], on)
        assert found.site.tolist() == [place for place, *_ in told(sites, (rule,), on)]
