"""From target to accepted parts (分解全程): paths, proposals, answers, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hexi.portal.breakdown.acts.accept_part import accept_part
from hexi.portal.breakdown.acts.assign_duty import Duty, assign_duty
from hexi.portal.breakdown.acts.discard_breakdown import discard_breakdown
from hexi.portal.breakdown.acts.fill_parts import fill_parts
from hexi.portal.breakdown.acts.open_breakdown import open_breakdown
from hexi.portal.breakdown.acts.propose_parts import propose_parts
from hexi.portal.breakdown.acts.send_part_back import send_part_back
from hexi.portal.breakdown.acts.set_path import set_path
from hexi.portal.breakdown.acts.settle_parts import settle_parts
from hexi.portal.breakdown.acts.spread_gap import spread_gap
from hexi.portal.breakdown.acts.undo_parts import undo_parts
from hexi.portal.breakdown.acts.withdraw_part import withdraw_part
from hexi.portal.breakdown.models import Breakdown, Part, PartState
from hexi.portal.breakdown.path_drawing import Drawn, drawn_path, quarters_of
from hexi.portal.breakdown.sheet.balancing import checks_of
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from tests.portal.breakdown.bench import AT, DAY, DUE, PARKS, Bench


def refused(step: Any, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        step(*args, **more)
    return caught.value


def codes(refusal: Refusal) -> list[str]:
    return [part.code for part in getattr(refusal, "parts", (refusal,))]


# --- paths


def test_a_path_runs_from_the_base_to_the_target(bench: Bench) -> None:
    kept = bench.with_path()
    assert list(kept.path) == ["2016", "2017", "2018", "2019", "2020"]
    assert kept.path["2020"] == "430.00"
    rates = [Decimal(b) / Decimal(a) for a, b in zip(
        ["225.98", *kept.path.values()], kept.path.values(), strict=False)]  # fmt: skip
    assert max(rates) - min(rates) < Decimal("0.0001")
    assert bench.acts_of(kept) == ["set_path"]


def test_quarters_follow_past_years_or_are_equal_and_come_to_the_year(bench: Bench) -> None:
    kept = bench.with_path()
    drawn = drawn_path(kept, kept.path_shape, at=AT.date())
    assert isinstance(drawn, Drawn)
    # nobody publishes the zone's quarters: they are equal, and that is said
    assert kept.seasonal == [0.25] * 4 and not drawn.seasonal.learnt
    quarters = quarters_of(drawn, kept)
    assert {str(year): line[-1] for year, line in quarters.items()} == kept.path
    learnt = [
        found.seasonal
        for row in MonitoredTarget.objects.filter(measure="level").select_related("plan", "unit")
        if isinstance(found := drawn_path(row, at=AT.date()), Drawn) and found.seasonal.learnt
    ]
    for season in learnt:
        assert abs(sum(season.shares) - 1) < 1e-9 and min(season.shares) >= 0


def test_a_path_that_stands_is_replaced_with_a_reason_only(bench: Bench) -> None:
    bench.with_path()
    zone = bench.person("zone")
    assert codes(refused(set_path, bench.gdp.pk, "straight", by=zone, at=AT)) == ["reason_missing"]
    set_path(bench.gdp.pk, "straight", by=zone, at=AT, reason="按年度安排调整")
    assert Event.objects.filter(act="set_path")[0].reason == "按年度安排调整"


def test_a_path_by_hand_must_be_whole_and_end_at_the_target(bench: Bench) -> None:
    zone, years = bench.person("zone"), range(2016, 2021)
    some = {str(year): "300" for year in years if year != 2018}
    assert "2018" in str(refused(set_path, bench.gdp.pk, "by_hand", some, by=zone, at=AT).message)
    full = {str(year): str(250 + 40 * n) for n, year in enumerate(years)}
    assert codes(refused(set_path, bench.gdp.pk, "by_hand", full, by=zone, at=AT)) == [
        "by_hand_ends"
    ]
    kept = set_path(bench.gdp.pk, "by_hand", full | {"2020": "430"}, by=zone, at=AT)
    assert kept.path["2020"] == "430.00"


def test_a_target_without_a_base_has_words_and_no_path(bench: Bench) -> None:
    talent = bench.target("talent")
    refusal = refused(set_path, talent.pk, "", by=bench.person("zone"), at=AT)
    assert codes(refusal) == ["no_shape"]
    refusal = refused(set_path, talent.pk, "straight", by=bench.person("zone"), at=AT)
    assert codes(refusal) == ["no_base"]
    talent.refresh_from_db()
    assert talent.path == {}


def test_the_second_of_two_people_is_told(bench: Bench) -> None:
    stamp = bench.gdp.changed_at.isoformat()
    bench.with_path()
    refusal = refused(
        set_path, bench.gdp.pk, "straight", by=bench.person("zone"), at=AT, seen="2000-01-01",
        reason="x",
    )  # fmt: skip
    assert codes(refusal) == ["overtaken"] and refusal.status == 409
    assert stamp


# --- the sheet


def test_the_plans_own_park_targets_are_the_parts_and_nothing_is_doubled(bench: Bench) -> None:
    before = MonitoredTarget.objects.count()
    bench.opened()
    assert MonitoredTarget.objects.count() == before
    assert [p.adopted for p in bench.sheet.parts.all()] == [True] * 5


def test_figures_as_the_plan_says_give_the_whole(bench: Bench) -> None:
    sheet = bench.as_planned()
    assert [p.figures["2020.final"] for p in sheet.parts.all()] == [
        "20.00", "250.00", "65.00", "90.00", "5.00",
    ]  # fmt: skip
    check = checks_of(course_of(bench.gdp), list(sheet.parts.select_related("unit", "target")))[0]
    assert check.agrees and check.gap == "" and check.total == "430.00"


def test_shares_of_the_base_are_reckoned_for_every_year_and_add_up(bench: Bench) -> None:
    bench.with_path()
    bench.opened()
    bases = dict(zip(PARKS, ("5", "155", "24", "39", "2.98"), strict=True))
    assert not bench.save({f"{unit}/base": base for unit, base in bases.items()}).refused
    sheet = fill_parts(bench.gdp.pk, "share", by=bench.person("zone"), at=AT)
    bench.gdp.refresh_from_db()
    for year, whole in bench.gdp.path.items():
        parts = [Decimal(p.figures[f"{year}.proposed"]) for p in sheet.parts.all()]
        assert sum(parts) == Decimal(whole)


def test_a_share_without_a_base_says_whose_is_missing(bench: Bench) -> None:
    bench.opened()
    bench.save({f"{unit}/base": "10" for unit in PARKS[1:]})
    refusal = refused(fill_parts, bench.gdp.pk, "share", by=bench.person("zone"), at=AT)
    assert codes(refusal) == ["bases_needed"]
    part = bench.part("etdz-jcb")
    assert part.unit.name in str(refusal.message)
    assert "2020.proposed" not in bench.part("etdz-an").figures


def test_a_gap_is_shown_and_spread_over_the_open_parts(bench: Bench) -> None:
    bench.as_planned()
    bench.save({"etdz-an/2020.final": "200"})
    check = checks_of(course_of(bench.gdp), list(bench.sheet.parts.select_related("unit")))[0]
    assert (check.gap, check.total, check.agrees) == ("50.00", "380.00", False)
    sheet = spread_gap(bench.gdp.pk, by=bench.person("zone"), at=AT)
    parts = [Decimal(p.figures["2020.final"]) for p in sheet.parts.all()]
    assert sum(parts) == 430 and parts[1] > 200


def test_a_change_is_taken_back_step_by_step(bench: Bench) -> None:
    bench.as_planned()
    before = bench.part().figures
    bench.save({"etdz-an/2020.final": "200"})
    bench.save({"etdz-an/2020.final": "190", "etdz-an/base": "7"})
    zone = bench.person("zone")
    undo_parts(bench.gdp.pk, by=zone, at=AT)
    assert bench.part().figures == {**before, "2020.final": "200.00"}
    undo_parts(bench.gdp.pk, by=zone, at=AT)
    assert bench.part().figures == before
    assert codes(refused(undo_parts, bench.gdp.pk, by=bench.person("province"), at=AT)) == [
        "of_another"
    ]


def test_two_people_at_once_keep_their_work_and_a_clash_is_told(bench: Bench) -> None:
    bench.as_planned()
    seen = bench.sheet.edit
    bench.save({"etdz-an/2020.final": "240"}, seen=seen)
    province = bench.person("province")
    saved = bench.save({"etdz-an/2020.final": "230", "etdz-xg/2020.final": "75"}, seen=seen,
                       by=province)  # fmt: skip
    assert list(saved.kept) == ["etdz-xg/2020.final"]
    assert saved.refused["etdz-an/2020.final"].code == "overtaken"
    assert "240.00" in str(saved.refused["etdz-an/2020.final"].message)
    assert bench.part("etdz-xg").figures["2020.final"] == "75.00"
    refusal = refused(fill_parts, bench.gdp.pk, "plan", by=province, at=AT, seen=seen)
    assert codes(refusal) == ["overtaken"]


def test_a_cell_that_is_no_number_is_refused_by_itself(bench: Bench) -> None:
    bench.opened()
    saved = bench.save({"etdz-an/base": "约30", "etdz-xg/base": "１,２３４．5", "nowhere/base": "1",
                        "etdz-hg/2031.final": "1", "etdz-gl/base": "1.23456"})  # fmt: skip
    assert saved.kept == {"etdz-xg/base": "1234.50"}
    assert {name: r.code for name, r in saved.refused.items()} == {
        "etdz-an/base": "not_a_number",
        "nowhere/base": "no_cell",
        "etdz-hg/2031.final": "no_cell",
        "etdz-gl/base": "too_fine",
    }


def test_units_must_belong_below_and_not_inside_each_other(bench: Bench) -> None:
    zone = bench.person("zone")
    assert codes(refused(open_breakdown, bench.gdp.pk, ["jc-etdz"], DAY, by=zone, at=AT)) == [
        "not_below"
    ]
    both = ["etdz-xg", "port"]
    assert codes(refused(open_breakdown, bench.gdp.pk, both, DAY, by=zone, at=AT)) == [
        "counted_twice"
    ]
    assert codes(refused(open_breakdown, bench.gdp.pk, [], DAY, by=zone, at=AT)) == ["no_units"]
    early = DAY.replace(year=2013)
    assert codes(refused(open_breakdown, bench.gdp.pk, ["etdz-gl"], early, by=zone, at=AT)) == [
        "not_below"
    ]


def test_a_rank_has_no_parts_and_the_page_says_why(bench: Bench) -> None:
    rank = bench.target("rank_etdz_change")
    refusal = refused(open_breakdown, rank.pk, PARKS, DAY, by=bench.person("zone"), at=AT)
    assert codes(refusal) == ["not_additive"]


def test_a_share_needs_weights_and_its_weighted_mean_is_checked(bench: Bench) -> None:
    share = bench.target("rd_int")
    zone = bench.person("zone")
    sheet = open_breakdown(share.pk, PARKS, DAY, by=zone, at=AT)
    fill_parts(share.pk, "plan", by=zone, at=AT)
    lines = list(sheet.parts.select_related("unit", "target"))
    check = checks_of(course_of(share), lines)[0]
    assert not check.agrees and check.total == "" and "权数" in check.said
    for line, weight in zip(lines, (20, 250, 65, 90, 5), strict=True):
        line.figures["weight"] = str(weight)
    check = checks_of(course_of(share), lines)[0]
    assert check.agrees


# --- proposing and answering


def test_a_part_is_accepted_once_and_becomes_the_units_target(bench: Bench) -> None:
    bench.with_path()
    bench.opened()
    bench.save({f"{unit}/base": base for unit, base in zip(
        PARKS, ("5", "155", "24", "39", "2.98"), strict=True)})  # fmt: skip
    zone, park = bench.person("zone"), bench.person("park")
    fill_parts(bench.gdp.pk, "share", by=zone, at=AT)
    fill_parts(bench.gdp.pk, "plan", by=zone, at=AT)
    settle_parts(bench.gdp.pk, by=zone, at=AT)
    propose_parts(bench.gdp.pk, due=DUE, by=zone, at=AT)
    part = accept_part(bench.part().pk, by=park, at=AT)
    target = MonitoredTarget.objects.get(pk=part.target_id)
    assert target.parent == bench.gdp and target.state == TargetState.ACCEPTED
    assert target.value == "250" and target.path["2020"] == "250.00"
    assert target.accepted_by == "park 同志"
    assert codes(refused(accept_part, part.pk, by=park, at=AT)) == ["answered_already"]
    assert bench.acts_of(part) == ["propose_part", "accept_part"]
    refusal = bench.save({"etdz-an/2020.final": "1"}).refused["etdz-an/2020.final"]
    assert refusal.code == "part_accepted"
    refusal = refused(set_path, target.pk, "straight", by=zone, at=AT, reason="x")
    assert codes(refusal) == ["accepted_part"]


def test_only_the_lower_unit_answers(bench: Bench) -> None:
    bench.proposed()
    for who in ("zone", "province", "reader"):
        assert isinstance(refused(accept_part, bench.part().pk, by=bench.person(who), at=AT),
                          NotPermitted)  # fmt: skip
    for who in ("stranger", ""):
        step = refused(accept_part, bench.part().pk, by=bench.person(who), at=AT)
        assert isinstance(step, NotFound | NotPermitted)
    assert isinstance(
        refused(accept_part, bench.part("etdz-xg").pk, by=bench.person("park"), at=AT), NotFound
    )
    assert bench.part().state == PartState.PROPOSED


def test_sent_back_with_a_reason_and_the_figure_asked_for(bench: Bench) -> None:
    bench.proposed()
    park, zone = bench.person("park"), bench.person("zone")
    part = bench.part()
    refusal = refused(send_part_back, part.pk, reason=" ", by=park, at=AT)
    assert codes(refusal) == ["reason_missing"]
    refusal = refused(send_part_back, part.pk, {"2020": "许多"}, reason="过高", by=park, at=AT)
    assert codes(refusal) == ["not_a_number"]
    send_part_back(part.pk, {"2020": "240"}, reason="土地指标不足", by=park, at=AT)
    part = bench.part()
    assert part.state == PartState.RETURNED and part.figures["2020.negotiated"] == "240.00"
    assert part.reason == "土地指标不足"
    settle_parts(bench.gdp.pk, by=zone, at=AT)
    assert bench.part().figures["2020.final"] == "240.00"
    refusal = refused(propose_parts, bench.gdp.pk, ["etdz-an"], by=zone, at=AT, reason="协商")
    assert codes(refusal) == ["unlike_plan"]


def test_parts_that_do_not_give_the_whole_need_a_reason(bench: Bench) -> None:
    zone = bench.person("zone")
    target = bench.target("trade")
    open_breakdown(target.pk, PARKS[:2], DAY, by=zone, at=AT)
    sheet = Breakdown.objects.get(whole=target)
    assert [p.adopted for p in sheet.parts.all()] == [False, False]
    refusal = refused(propose_parts, target.pk, by=zone, at=AT)
    assert codes(refusal) == ["no_figure", "no_figure"]
    fill_parts(target.pk, "equal", by=zone, at=AT)
    line = sheet.parts.get(unit__code="etdz-an")
    line.figures["2020.final"] = "400"
    line.save()
    assert codes(refused(propose_parts, target.pk, by=zone, at=AT)) == ["parts_unequal"]
    propose_parts(target.pk, by=zone, at=AT, reason="留待新园区承担")
    made = MonitoredTarget.objects.get(parent=target, unit__code="etdz-an")
    assert made.state == TargetState.PROPOSED and made.value == ""
    accept_part(line.pk, by=bench.person("park"), at=AT)
    made.refresh_from_db()
    assert made.state == TargetState.ACCEPTED and made.value == "400"


def test_a_proposal_is_taken_back_while_it_is_not_answered(bench: Bench) -> None:
    bench.proposed()
    zone = bench.person("zone")
    withdraw_part(bench.part().pk, reason="数据有误", by=zone, at=AT)
    assert bench.part().state == PartState.DRAFT
    step = refused(accept_part, bench.part().pk, by=bench.person("park"), at=AT)
    assert isinstance(step, NotFound)
    assert codes(refused(withdraw_part, bench.part().pk, reason="x", by=zone, at=AT)) == ["not_out"]


def test_a_draft_is_dropped_with_what_was_made_for_it(bench: Bench) -> None:
    zone = bench.person("zone")
    target = bench.target("trade")
    before = MonitoredTarget.objects.count()
    open_breakdown(target.pk, PARKS, DAY, by=zone, at=AT)
    assert MonitoredTarget.objects.count() == before + 5
    discard_breakdown(target.pk, reason="重新考虑", by=zone, at=AT)
    assert MonitoredTarget.objects.count() == before
    assert not Part.objects.exists()
    bench.proposed()
    assert codes(refused(discard_breakdown, bench.gdp.pk, reason="x", by=zone, at=AT)) == [
        "parts_out"
    ]


# --- duties


def test_the_duty_is_written_by_both_sides_and_each_is_told_of_the_other(bench: Bench) -> None:
    zone, park = bench.person("zone"), bench.person("park")
    stamp = bench.gdp.changed_at.isoformat()
    duty = Duty("lz-etdz", park.pk, "上半年过半", [{"text": "扩大投资", "due": "2018-06-30"}],
                [{"name": "兰州国际港务区", "state": "在建"}])  # fmt: skip
    assign_duty(bench.gdp.pk, duty, by=zone, at=AT, seen=stamp)
    kept = MonitoredTarget.objects.get(pk=bench.gdp.pk)
    assert (kept.person, kept.requirement) == (park, "上半年过半")
    assert kept.measures == [{"text": "扩大投资", "due": "2018-06-30"}]
    later = refused(assign_duty, kept.pk, Duty("lz-etdz"), by=zone, at=AT, seen=stamp)
    assert codes(later) == ["overtaken"]
    wrong = Duty("nowhere", 10**9, "", [{"text": "x", "due": "年底"}])
    assert codes(refused(assign_duty, kept.pk, wrong, by=zone, at=AT)) == [
        "no_unit", "no_person", "no_day",
    ]  # fmt: skip
    for who in ("reader", "stranger"):
        assert refused(assign_duty, kept.pk, duty, by=bench.person(who), at=AT).status in (403, 404)
