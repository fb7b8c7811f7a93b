"""Practice records (演练项目): made-up projects whose figures are those that were published.

Newspapers and reports say how many projects there are, how many have started and what they cost;
they do not list them. These records are invented so that a library full of them gives the same
figures on the same day, and a trainee sees where such figures come from. The same plan and seed
give the same records. None has a state project code: those are given by the state alone, so their
history says of the approval only when it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

import numpy as np

from hexi.projects.practice_plan import STEP, BatchPlan, Field, PracticePlan, SetPlan
from hexi.projects.sharing_out import share_out
from hexi.statistics.practice import practice_codes

__all__ = ["PracticeRecord", "make_practice_records"]

_WAY: Final = {
    "central_local": ("signed", "approved"),
    "promoted": ("in_talks", "signed", "approved"),
}
_USUAL_WAY: Final = ("reserve", "approved")
#: at least a hundred million yuan each, in steps
_LEAST: Final = 101
_MOST: Final = 60_000
_FIRMS: Final = ("陇", "河西", "祁连", "敦煌", "兰泉", "金城", "黄河", "崆峒")
_TRADES: Final = ("能源", "材料", "物流", "科技", "建设", "装备", "投资", "生物")


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """One made-up project; money in yuan, months as 202301."""

    key: str
    name: str
    kind: str
    industry: str
    trade: str
    place: str
    investor: str
    investor_code: str
    origin: str
    leader: str
    total: int
    #: stage and the day on which it was entered, in order
    way: tuple[tuple[str, date], ...]
    planned_start: date
    planned_end: date
    #: list, from a day until before another
    tags: tuple[tuple[str, date, date | None], ...] = ()
    plans: dict[int, int] = field(default_factory=dict)
    progress: dict[int, int] = field(default_factory=dict)
    batch: str = ""
    #: since when it stands in statistics (入统); None: not started, or forgotten
    in_statistics: date | None = None

    def day_of(self, stage: str) -> date | None:
        """The day on which it entered a stage."""
        return dict(self.way).get(stage)


@dataclass(slots=True)
class _Draft:
    """A record while its sums are shared out; sums in steps."""

    trade: Field
    kind: str
    total: int = 0
    plans: dict[int, int] = field(default_factory=dict)
    invested: int = 0
    started: date | None = None
    producing: date | None = None
    batch: str = ""
    tags: tuple[tuple[str, date, date | None], ...] = ()
    since: date = date.min
    day: date = date.min


def make_practice_records(
    plan: PracticePlan, until: date, *, more: int = 0
) -> Iterator[PracticeRecord]:
    """All records of the plan as they go on until a day; ``more`` of no list come last.

    What is after the day of a set's published figures is as made up as the rest: projects are
    paid, completed and late as projects are.
    """
    dice = Random(plan.seed)  # noqa: S311 - dice, not secrets
    drafts = [*_central_local(plan, dice), *_provincial(plan, dice)]
    for batch in plan.batches:
        drafts += _beside(plan, batch, dice)
    drafts += (_plain(plan, until, dice) for _one in range(more))
    codes = practice_codes(np.arange(len(drafts), dtype=np.int64) // 2 + 50_000_000).to_pylist()
    for number, draft in enumerate(drafts):
        yield _finished(number, draft, codes[number], plan, until, dice)


def _central_local(plan: PracticePlan, dice: Random) -> list[_Draft]:
    """Cooperation with central enterprises: what is in production is paid, the rest in part."""
    wanted = plan.sets["central-local"]
    drafts = [_draft(wanted, _pick_field(plan, dice, tuple(plan.fields))) for _ in _all(wanted)]
    weights = [dice.lognormvariate(0, 1) for _ in drafts]
    _put(drafts, "total", _even(wanted.total, weights, _LEAST, _MOST))
    # smaller ones were done first
    by_size = sorted(range(len(drafts)), key=lambda at: drafts[at].total)
    done = set(dice.sample(by_size[: 3 * wanted.producing], wanted.producing))
    rest = [at for at in range(len(drafts)) if at not in done]
    started = set(dice.sample(rest, wanted.started - wanted.producing))
    for at in sorted(done | started):
        drafts[at].started = _between(dice, wanted.since + timedelta(120), wanted.day, at in done)
    for at in sorted(done):
        begun = drafts[at].started or wanted.since
        drafts[at].producing = _between(dice, begun + timedelta(200), wanted.day, False)
    paid = sum(drafts[at].total for at in done)
    going = sorted(started)
    parts = share_out(
        wanted.invested - paid,
        [drafts[at].total * dice.uniform(0.3, 1) for at in going],
        [0] * len(going),
        [int(drafts[at].total * 0.85) for at in going],
    )
    for at, part in zip(going, parts, strict=True):
        drafts[at].invested = part
    for at in done:
        drafts[at].invested = drafts[at].total
    open_ = [drafts[at] for at in range(len(drafts)) if at not in done]
    year = wanted.day.year
    for of, amount in ((year - 1, wanted.plan_before), (year, wanted.plan)):
        _plan(open_, of, amount, dice, lambda draft: draft.total // 2)
    tagged = (wanted.tag, wanted.since, None)
    return [replace(draft, tags=(tagged,)) for draft in drafts]


def _provincial(plan: PracticePlan, dice: Random) -> list[_Draft]:
    """The provincial list of a year and the year before, parts of which start with the batches."""
    wanted = plan.sets["provincial"]
    drafts = _by_field(plan, wanted, dice)
    year, earlier = wanted.day.year, wanted.before
    starts = _starts(plan, wanted, len(drafts))
    for at, draft in enumerate(drafts):
        batch = starts.get(at)
        if batch is not None:
            draft.batch, draft.started = batch.id, batch.day
    before = sorted(
        dice.sample(
            [at for at in range(earlier) if at not in starts],
            wanted.started - len(starts),
        )
    )
    first = min(batch.day for batch in plan.batches)
    for at in before:
        drafts[at].started = _between(dice, wanted.since + timedelta(200), first, True)
    _plans_of_years(plan, wanted, drafts, dice)
    floors = [max(_LEAST, sum(draft.plans.values())) for draft in drafts]
    _put(drafts, "total", share_out(
        wanted.total, [low * dice.lognormvariate(1, 0.6) for low in floors], floors,
        [10 * _MOST] * len(drafts),
    ))  # fmt: skip
    going = [at for at, d in enumerate(drafts) if d.started and d.started < wanted.day]
    parts = share_out(
        wanted.invested,
        [drafts[at].total * dice.uniform(0.3, 1) for at in going],
        [1] * len(going),
        [int(drafts[at].total * 0.9) for at in going],
    )
    for at, part in zip(going, parts, strict=True):
        drafts[at].invested = part
    now = (wanted.tag, date(year, 1, 1), date(year + 1, 1, 1))
    last = (wanted.tag, date(year - 1, 1, 1), date(year, 1, 1))
    return [
        replace(draft, tags=(last, now) if at < earlier else (now,))
        for at, draft in enumerate(drafts)
    ]


def _by_field(plan: PracticePlan, wanted: SetPlan, dice: Random) -> list[_Draft]:
    """So many projects in the shared fields as their share of the plan."""
    others = tuple(name for name in plan.fields if name not in wanted.share_fields)
    inside = round(wanted.number * wanted.share)
    drafts = [
        _draft(wanted, _pick_field(plan, dice, wanted.share_fields if at < inside else others))
        for at in _all(wanted)
    ]
    dice.shuffle(drafts)
    return drafts


def _starts(plan: PracticePlan, wanted: SetPlan, number: int) -> dict[int, BatchPlan]:
    """Which projects of the list start with which batch: new ones with the newest, from the end."""
    found: dict[int, BatchPlan] = {}
    end = number
    for batch in sorted(plan.batches, key=lambda one: one.day, reverse=True):
        # a batch of the year before starts what stood on that year's list
        end = min(end, wanted.before) if batch.day.year < wanted.day.year else end
        found |= dict.fromkeys(range(end - batch.provincial, end), batch)
        end -= batch.provincial
    return found


def _plans_of_years(
    plan: PracticePlan, wanted: SetPlan, drafts: list[_Draft], dice: Random
) -> None:
    """Both years' plans: parts of batches and of fields add up each for themselves."""
    year = wanted.day.year
    for of, amount, listed in (
        (year - 1, wanted.plan_before, drafts[: wanted.before]),
        (year, wanted.plan, drafts),
    ):
        batch = next(one for one in plan.batches if one.day.year == of)
        inside = round(batch.provincial_planned * wanted.share)
        shared = round(amount * wanted.share)
        for here, of_batch in ((True, True), (True, False), (False, True), (False, False)):
            part = inside if here else batch.provincial_planned - inside
            rest = (shared if here else amount - shared) - part
            chosen = [
                draft
                for draft in listed
                if (draft.trade.id in wanted.share_fields) == here
                and (draft.batch == batch.id) == of_batch
            ]
            _plan(chosen, of, part if of_batch else rest, dice, lambda _draft: _MOST)


def _beside(plan: PracticePlan, batch: BatchPlan, dice: Random) -> list[_Draft]:
    """What starts with a batch and stands on no list."""
    made = []
    for _one in range(batch.number - batch.provincial):
        where = _pick_field(plan, dice, tuple(plan.fields))
        kind = "promoted" if where.kind == "enterprise" and dice.random() < 0.5 else where.kind
        draft = _Draft(where, kind, started=batch.day, batch=batch.id)
        draft.since, draft.day = batch.day - timedelta(dice.randrange(200, 700)), batch.day
        made.append(draft)
    amount = batch.planned - batch.provincial_planned
    _plan(made, batch.day.year, amount, dice, lambda _draft: 3000)
    for draft in made:
        planned = draft.plans[batch.day.year]
        draft.total = max(_LEAST, int(planned * dice.uniform(1.1, 3)))
    return made


def _plain(plan: PracticePlan, until: date, dice: Random) -> _Draft:
    """A project of no list, from some day since the first set began."""
    where = _pick_field(plan, dice, tuple(plan.fields))
    first = min(one.since for one in plan.sets.values())
    draft = _Draft(where, where.kind, total=int(_LEAST * dice.lognormvariate(0.8, 0.8)) + 1)
    draft.since = _between(dice, first, until - timedelta(30), False)
    draft.day = draft.since + timedelta(dice.randrange(10, 30))
    draft.plans = {draft.day.year + year: draft.total // 3 + 1 for year in (1, 2)}
    return draft


def _draft(wanted: SetPlan, where: Field) -> _Draft:
    draft = _Draft(where, wanted.kind or where.kind)
    draft.since, draft.day = wanted.since, wanted.day
    return draft


def _plan(
    drafts: Sequence[_Draft], year: int, amount: int, dice: Random, most: Callable[[_Draft], int]
) -> None:
    weights = [dice.lognormvariate(0, 0.7) for _ in drafts]
    parts = share_out(amount, weights, [1] * len(drafts), [most(draft) for draft in drafts])
    for draft, part in zip(drafts, parts, strict=True):
        draft.plans[year] = part


def _finished(
    number: int, draft: _Draft, code: str, plan: PracticePlan, until: date, dice: Random
) -> PracticeRecord:
    entered = _entered(draft, dice)
    begins = draft.started or draft.day + timedelta(dice.randrange(20, 300))
    planned_start = begins - timedelta(dice.randrange(0, 25) if draft.started else 0)
    planned_end = draft.producing or begins + timedelta(dice.randrange(500, 1300))
    going = _going_on(draft, begins, planned_end, until, dice)
    firm = f"{dice.choice(_FIRMS)}{dice.choice(_TRADES)}"
    one = PracticeRecord(
        key=f"{number + 1:06d}",
        # that it is for practice, every page says before the name
        name=f"{dice.choice(draft.trade.words)}项目（{number + 1:06d}）",
        kind=draft.kind,
        industry=dice.choice(draft.trade.industries),
        trade=draft.trade.id,
        place=dice.choice(plan.places),
        investor=f"{firm}演练有限公司",
        investor_code=code,
        origin=dice.choice(("local", "province_outside", "province_outside", "foreign")),
        leader=f"演练领导{dice.randrange(1, 13)}",
        total=draft.total * STEP,
        way=(*_way(draft, entered), *going.way),
        planned_start=planned_start,
        planned_end=planned_end,
        tags=tuple((tag, max(since, entered), until_) for tag, since, until_ in draft.tags),
        plans={year: part * STEP for year, part in draft.plans.items()},
        progress={**_months(draft, dice), **going.progress},
        batch=draft.batch,
    )
    return replace(one, in_statistics=_counted_since(one.day_of("started"), until, dice))


def _counted_since(started: date | None, until: date, dice: Random) -> date | None:
    """Most are entered within a month of their start, a tenth later, a few are forgotten."""
    late = timedelta(dice.randrange(40, 150) if dice.random() < 0.1 else dice.randrange(3, 28))
    if started is None or dice.random() < 0.04 or started + late > until:
        return None
    return started + late


@dataclass(frozen=True, slots=True)
class _GoingOn:
    """What happens to a project after the day of its set."""

    way: tuple[tuple[str, date], ...] = ()
    progress: dict[int, int] = field(default_factory=dict)


def _going_on(
    draft: _Draft, begins: date, planned_end: date, until: date, dice: Random
) -> _GoingOn:
    """Most keep their days, a fifth is late, a few stand still; nothing lies after ``until``."""
    if draft.producing is not None:
        return _GoingOn()
    late = timedelta(dice.randrange(60, 420) if dice.random() < 0.2 else dice.randrange(0, 25))
    stops = dice.random() < 0.04
    # nothing was done by the day but what its figures say
    done = max(planned_end, draft.day + timedelta(40)) + late
    before = _WAY.get(draft.kind, _USUAL_WAY)
    way: list[tuple[str, date]] = []
    if draft.started is None:
        begins += late
        way += [(before[-1], draft.day + (begins - draft.day) / 2), ("started", begins)]
    if draft.started is None or begins + timedelta(30) >= draft.day:
        way.append(("construction", max(begins + timedelta(30), draft.day + timedelta(1))))
    if stops:
        way.append(("suspended", max(begins, draft.day) + timedelta(200)))
    else:
        way += [("completed", done), ("production", done + timedelta(40))]
    first = max(_month(begins), _month(draft.day) + 1)
    count = max(1, _month(done) - first + 1)
    rest = draft.total - draft.invested
    parts = share_out(
        rest, [dice.uniform(0.3, 1) for _ in range(count)], [0] * count, [rest] * count
    )
    ends = min(until, way[-1][1]) if stops else until
    return _GoingOn(
        tuple((stage, day) for stage, day in way if day <= until),
        {
            _named(first + at): part * STEP
            for at, part in enumerate(parts)
            if part and first + at <= _month(ends)
        },
    )


def _entered(draft: _Draft, dice: Random) -> date:
    """Before it started, before the lists that it stands on, and not before its set began."""
    days = [draft.day, *(since for _tag, since, _until in draft.tags if since > draft.since)]
    if draft.started is not None:
        days.append(draft.started)
    before = min(days)
    return max(draft.since, before - timedelta(dice.randrange(60, 400)))


def _way(draft: _Draft, entered: date) -> tuple[tuple[str, date], ...]:
    before = _WAY.get(draft.kind, _USUAL_WAY)
    if draft.started is None:
        return ((before[-2], entered),)
    gap = (draft.started - entered) / (len(before))
    way = [(stage, entered + gap * at) for at, stage in enumerate(before)]
    way.append(("started", draft.started))
    if draft.started + timedelta(30) < draft.day:
        way.append(("construction", draft.started + timedelta(30)))
    if draft.producing is not None:
        way += [("completed", draft.producing - timedelta(20)), ("production", draft.producing)]
    return tuple(way)


def _months(draft: _Draft, dice: Random) -> dict[int, int]:
    """What was invested, over the months from the start to the day or the production."""
    if not draft.invested or draft.started is None:
        return {}
    last = draft.producing or draft.day
    months = range(_month(draft.started), _month(last) + 1)
    weights = [dice.uniform(0.3, 1) for _ in months]
    parts = share_out(draft.invested, weights, [0] * len(months), [draft.invested] * len(months))
    return {_named(month): part * STEP for month, part in zip(months, parts, strict=True) if part}


def _month(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _named(month: int) -> int:
    """… as 202301."""
    return month // 12 * 100 + month % 12 + 1


def _all(wanted: SetPlan) -> range:
    return range(wanted.number)


def _pick_field(plan: PracticePlan, dice: Random, names: Sequence[str]) -> Field:
    return plan.fields[dice.choice(names)]


def _between(dice: Random, first: date, last: date, early: bool) -> date:
    """A day of the span, its last day left out; an early one lies in the first half."""
    days = max(1, (last - first).days)
    return first + timedelta(dice.randrange(max(1, days // 2) if early else days))


def _even(amount: int, weights: Sequence[float], least: int, most: int) -> list[int]:
    count = len(weights)
    return share_out(amount, weights, [least] * count, [most] * count)


def _put(drafts: Sequence[_Draft], name: str, parts: Sequence[int]) -> None:
    for draft, part in zip(drafts, parts, strict=True):
        setattr(draft, name, part)
