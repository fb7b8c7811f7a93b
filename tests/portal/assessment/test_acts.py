"""Steps of an assessment: collect, compute, correct, show, object, answer, publish, archive."""

from __future__ import annotations

import json

import pytest

from hexi.catalogue import load_pack
from hexi.portal.assessment.acts.answer_objection import answer_objection
from hexi.portal.assessment.acts.archive_run import archive_run
from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.correct_value import correct_value
from hexi.portal.assessment.acts.drop_run import drop_run
from hexi.portal.assessment.acts.file_objection import file_objection
from hexi.portal.assessment.acts.load_known import load_known
from hexi.portal.assessment.acts.load_sheet import load_sheet
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.simulate_run import simulate_run
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.keeping import kept, scheme_from
from hexi.portal.assessment.models import AssessmentRun, RunState
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from tests.portal.assessment.parks import SCHEME, YEAR, computed, sheet, started
from tests.portal.office import AT, Office


def test_a_run_goes_from_sheet_to_archive(office: Office) -> None:
    by = office.person("zone")
    run = computed(office)
    assert run.state == RunState.COMPUTED
    rows = {row.code: row.rank for row in run.assessed.all()}
    assert sorted(rows.values()) == [1, 2, 3, 4, 5]
    review_run(run.pk, by=by, at=AT)
    publish_run(run.pk, by=by, at=AT)
    assert archive_run(run.pk, by=by, at=AT).state == RunState.ARCHIVED
    acts = list(Event.objects.order_by("-id").values_list("act", flat=True)[:6])
    assert acts == [
        "archive_run", "publish_run", "review_run", "compute_run", "load_sheet", "start_run",
    ]  # fmt: skip


def test_the_same_data_give_the_same_bytes(office: Office) -> None:
    first = computed(office)
    digests = first.data_digest, first.result_digest
    record = json.dumps(first.result, sort_keys=True)
    by = office.person("zone")
    load_sheet(first.pk, sheet(), "园区.csv", by=by, at=AT)
    again = AssessmentRun.objects.get(pk=compute_run(first.pk, by=by, at=AT).pk)
    assert (again.data_digest, again.result_digest) == digests
    assert json.dumps(again.result, sort_keys=True) == record
    assert again.matrix.digest() == again.data_digest


def test_what_is_kept_opens_unchanged(office: Office) -> None:
    run = AssessmentRun.objects.get(pk=computed(office).pk)
    assert kept(scheme_from(run.scheme)) == run.scheme
    assert run.outcome.ranks.tolist() == [row.rank for row in run.assessed.all()]


def test_a_wrong_cell_is_told_with_its_place(office: Office) -> None:
    run = started(office)
    content = sheet(changed={("etdz-an", "gdp"): "约130", ("etdz-xg", "tax"): "七"})
    with pytest.raises(Refusals) as told:
        load_sheet(run.pk, content, "园区.csv", by=office.person("zone"), at=AT)
    assert [part.place for part in told.value.parts] == ["D8", "G9"]
    assert "约130" in str(told.value.parts[0].message)
    run.refresh_from_db()
    assert not run.data


def test_a_sheet_too_large_and_a_broken_one_are_refused(office: Office) -> None:
    run, by = started(office), office.person("zone")
    for content, code in ((b"x" * 4_000_001, "too_large"), (b"PK\x03\x04rubbish", "broken_file")):
        with pytest.raises(Refusal) as told:
            load_sheet(run.pk, content, "园区.xlsx", by=by, at=AT)
        assert told.value.code == code


def test_a_second_official_run_and_a_scheme_not_in_force_are_refused(office: Office) -> None:
    started(office)
    with pytest.raises(Refusal) as told:
        started(office)
    assert told.value.code == "second_run"
    with pytest.raises(Refusal) as told:
        start_run(SCHEME, 2001, "lz-etdz", by=office.person("zone"), at=AT)
    assert told.value.code == "no_scheme"


def test_a_correction_keeps_what_stood_before_and_asks_for_a_new_computation(
    office: Office,
) -> None:
    run, by = computed(office), office.person("zone")
    old = run.result_digest
    with pytest.raises(Refusals) as told:
        correct_value(run.pk, "etdz-an", "gdp", "约", "", by=by, at=AT)
    assert {part.code for part in told.value.parts} == {"no_number", "reason_missing"}
    run = correct_value(run.pk, "etdz-an", "gdp", "12.7", "报表更正", by=by, at=AT)
    assert run.state == RunState.COLLECTING and not run.result
    kept_one = run.corrections.get()
    assert (kept_one.before, kept_one.after) == (132.7, 12.7)
    assert compute_run(run.pk, by=by, at=AT).result_digest != old


def test_a_simulation_stands_beside_the_official_run(office: Office) -> None:
    run, by = computed(office), office.person("zone")
    with pytest.raises(Refusal) as told:
        simulate_run(run.pk, {"industry": "30"}, by=by, at=AT)
    assert told.value.code == "sum" and told.value.place == "lz-parks"
    other = simulate_run(run.pk, {"industry": "5", "ecology": "35"}, by=by, at=AT)
    assert other.base == run and other.changes == {"industry": [25.0, 5.0], "ecology": [15.0, 35.0]}
    assert other.data_digest == run.data_digest and other.result_digest != run.result_digest
    for step in (review_run, publish_run):
        with pytest.raises(Refusal):
            step(other.pk, by=by, at=AT)
    drop_run(other.pk, by=by, at=AT)
    assert not run.simulations.exists()


def test_an_objection_is_filed_by_the_assessed_and_answered(office: Office) -> None:
    run, park, zone = computed(office), office.person("park"), office.person("zone")
    own = run.assessed.get(code="etdz-an")
    other = run.assessed.get(code="etdz-xg")
    with pytest.raises(NotFound):
        file_objection(own.pk, "数据有误", by=park, at=AT)
    review_run(run.pk, by=zone, at=AT)
    with pytest.raises(NotFound):
        file_objection(other.pk, "数据有误", by=park, at=AT)
    made = file_objection(
        own.pk, "规上企业应为48家", item="above_n", evidence="统计年报第3表", by=park, at=AT
    )
    with pytest.raises(Refusal) as told:
        publish_run(run.pk, by=zone, at=AT)
    assert told.value.code == "open_objections"
    with pytest.raises(NotPermitted):
        answer_objection(made.pk, "upheld", "同意", by=park, at=AT)
    answer_objection(made.pk, "rejected", "两家已退库", by=zone, at=AT)
    with pytest.raises(Refusal) as told:
        answer_objection(made.pk, "upheld", "同意", by=zone, at=AT)
    assert told.value.code == "answered"
    assert publish_run(run.pk, by=zone, at=AT).state == RunState.PUBLISHED


def test_a_published_run_no_longer_changes(office: Office) -> None:
    run, by = computed(office), office.person("zone")
    review_run(run.pk, by=by, at=AT)
    publish_run(run.pk, by=by, at=AT)
    for step in (
        lambda: load_sheet(run.pk, sheet(), "园区.csv", by=by, at=AT),
        lambda: correct_value(run.pk, "etdz-an", "gdp", "1", "更正", by=by, at=AT),
        lambda: compute_run(run.pk, by=by, at=AT),
        lambda: drop_run(run.pk, by=by, at=AT),
    ):
        with pytest.raises(Refusal) as told:
            step()
        assert told.value.code == "wrong_state"


def test_published_figures_fill_gaps_and_nothing_else(office: Office) -> None:
    by = office.person("province")
    run = start_run("etdz", YEAR, "gs", by=by, at=AT)
    run, count = load_known(run.pk, by=by, at=AT)
    known = run.matrix
    place = known.units.index("lzna"), known.items.index("rd_int")
    seen = next(
        one for one in load_pack("gansu").observations
        if (one.unit, one.indicator, one.period) == ("lzna", "rd_int", str(YEAR))
    )  # fmt: skip
    assert known.now[place] == float(seen.figure.value)
    assert count == int((known.values == known.values).sum())
    with pytest.raises(Refusal) as told:
        load_known(run.pk, by=by, at=AT)
    assert told.value.code == "nothing_known"


def test_only_who_may_edit_the_unit_starts_a_run(office: Office) -> None:
    for username in ("park", "reader", "stranger", ""):
        with pytest.raises(NotPermitted):
            start_run(SCHEME, YEAR, "lz-etdz", by=office.person(username), at=AT)
