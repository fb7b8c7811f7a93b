"""Whatever is fed to a sweep: it answers, in figures that are figures and in words."""

import json
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.lamps import alarms_of, load_rules
from hexi.monitoring.observed import Observed
from hexi.monitoring.paths import SHAPES, draw
from hexi.monitoring.standing import Grade, Lamp
from hexi.monitoring.sweep import sweep

RULES = load_rules()
MEASURES = (
    "level", "share", "count", "rank", "cumulative", "growth_annual", "growth_total", "growth_yoy",
)  # fmt: skip
digits = st.one_of(
    st.just(""), st.just("0"), st.integers(-50, 50).map(str),
    st.decimals("-1000", "1000000", places=2).map(str),
)  # fmt: skip
numbers = st.one_of(
    st.floats(-1e3, 1e6), st.just(math.nan), st.just(0.0), st.floats(0, 100),
    st.sampled_from([1e-300, 1e300, math.inf, -math.inf]),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_sweep_answers_whatever_it_is_fed(settled, data):
    goals: list[Goal] = []
    series: dict[str, Observed] = {}
    paths = {}
    for place in range(data.draw(st.integers(1, 5))):
        measure = data.draw(st.sampled_from(MEASURES))
        ratio = measure == "share" or measure.startswith("growth")
        goal = settled(
            data.draw(digits),
            id=f"g{place}",
            measure=measure,
            measure_unit="%" if ratio else "位" if measure == "rank" else "亿元",
            bound=data.draw(st.sampled_from(["ge", "le", "eq", "approx"])),
            indicator=data.draw(st.sampled_from(["retail", "gdp", "sh_br", "fai_re", "rank_etdz"])),
            start=data.draw(st.integers(2010, 2020)),
            end=data.draw(st.integers(2015, 2026)),
            base=data.draw(digits),
        )
        if isinstance(goal, Unclear):
            assert goal.reasons[0].text
            continue
        goals.append(goal)
        frequency = data.draw(st.sampled_from([1, 4, 12]))
        values = data.draw(st.lists(numbers, max_size=30))
        if data.draw(st.booleans()):
            series[goal.id] = Observed(
                goal.id, goal.unit, goal.indicator, goal.measure_unit, frequency,
                data.draw(st.integers(2008, 2020)) * frequency, np.array(values, float),
                running=data.draw(st.booleans()), rates=goal.is_growth and data.draw(st.booleans()),
            )  # fmt: skip
        path = draw(goal, data.draw(st.sampled_from([one for one in SHAPES if one != "by_hand"])))
        if not isinstance(path, Unclear):
            paths[goal.id] = path
    at = date(data.draw(st.integers(2012, 2027)), 6, 30)
    before = {goal.id: data.draw(st.sampled_from(list(Lamp))) for goal in goals}
    with np.errstate(all="ignore"):
        found = sweep(goals, series, at=at, rules=RULES, paths=paths, before=before)
    for goal, standing in zip(goals, found.standings, strict=True):
        record = standing.as_record()
        json.dumps(record, allow_nan=False)
        assert standing.lamp in Lamp
        assert standing.grade in Grade
        assert standing.reasons
        assert standing.p is None or 0 <= standing.p <= 1
        if standing.p is not None and goal.limits and standing.median is not None:
            assert goal.limits[0] <= standing.median <= goal.limits[1]
        if goal.id not in series:
            assert standing.actual is None
            assert standing.p is None
        for alarm in alarms_of(goal, series.get(goal.id), RULES.on(at), at, lamp=standing.lamp):
            json.dumps(alarm.as_record(), allow_nan=False)


def test_figures_that_are_no_figures_never_reach_a_page(settled):
    goal = settled()
    observed = Observed.of(goal, {"2016": math.inf, "2017": math.nan, "2018": 285.0})
    assert observed.count == 1
    (standing,) = sweep([goal], {"t": observed}, at=date(2019, 6, 1), rules=RULES).standings
    assert standing.actual == 285
    json.dumps(observed.as_record(), allow_nan=False)
    with pytest.raises(KeyError):
        sweep([], {}, at=date(2019, 6, 1), rules=RULES).of("t")
