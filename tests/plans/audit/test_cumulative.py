"""C1 and C2: years and rates against what they add up to."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import Written, plans


def invested(base: str, rate: str, total: str, *, floor: bool = False) -> Finding:
    name = "实际利用外商直接投资"
    more = "以上" if floor else ""
    written = (
        Written(f"2015年{name}{base}亿美元。五年累计达到{total}亿美元，年均增长{rate}%{more}。")
        .say(f"{base}亿美元", name, base, "亿美元", "2015", modality="actual")
        .say(f"{total}亿美元", name, total, "亿美元", "2016-2020", measure="cumulative")
        .say(
            f"{rate}%", name, rate, "%", "2016-2020", measure="growth_annual",
            bound="ge" if floor else "eq",
        )
    )  # fmt: skip
    (found,) = [f for f in audit(plans(written)) if f.check == "C1"]
    return found


def test_years_at_the_rate_add_up() -> None:
    found = invested("1.3", "10", "8.6")
    assert found.verdict is Verdict.PASS
    assert found.arithmetic == "1.3 × (1.1 + … + 1.1⁵) = 8.73；原文 8.6亿美元"
    assert found.expected == "8.274–9.198 亿美元"


def test_lost_point_is_named_with_the_repaired_value() -> None:
    found = invested("1.3", "10", "86")
    assert found.verdict is Verdict.OUTSIDE
    assert found.hypothesis == "小数点丢失：“86”当作“8.6”，则相符"
    assert "疑为小数点丢失" in found.title


def test_total_below_the_floor_that_the_rate_sets() -> None:
    found = invested("1.1", "5", "6", floor=True)
    assert (found.verdict, found.rank) == (Verdict.SUSPECT, "plausibility")
    assert invested("1.1", "5", "6").verdict in (Verdict.EQUAL, Verdict.PASS)


def test_a_single_year_is_not_more_than_the_span() -> None:
    def years(total: str) -> list[Finding]:
        written = (
            Written(f"累计利用外资{total}亿美元，其中2015年1.1亿美元。")
            .say(
                f"{total}亿美元", "利用外资", total, "亿美元", "2011-2015",
                measure="cumulative", modality="actual",
            )
            .say("1.1亿美元", "利用外资", "1.1", "亿美元", "2015", modality="actual")
        )  # fmt: skip
        return [f for f in audit(plans(written)) if f.check == "C2"]

    assert [f.verdict for f in years("4.13")] == [Verdict.PASS]
    assert [f.verdict for f in years("0.93")] == [Verdict.OUTSIDE]


@given(base=st.decimals("1", "999", places=1), rate=st.decimals("1", "25", places=1))
def test_computed_totals_are_never_outside(base: Decimal, rate: Decimal) -> None:
    growth = 1 + rate / 100
    total = sum((base * growth**k for k in range(1, 6)), Decimal(0)).quantize(Decimal("0.1"))
    assert invested(str(base), str(rate), str(total)).verdict in (Verdict.EQUAL, Verdict.PASS)
