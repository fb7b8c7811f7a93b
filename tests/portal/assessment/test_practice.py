"""Practice runs: from the pack alone to a published ranking that the public never sees."""

from __future__ import annotations

import pytest

from hexi.portal.assessment.acts.compute_run import compute_run
from hexi.portal.assessment.acts.load_known import load_known
from hexi.portal.assessment.acts.load_sheet import load_sheet
from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from hexi.portal.assessment.acts.start_run import start_run
from hexi.portal.assessment.models import Assessed, AssessmentRun, RunState
from hexi.portal.assessment.queries.opening import last_run
from hexi.portal.core.refusal import Refusal
from tests.portal.assessment.parks import SCHEME, YEAR, computed, sheet
from tests.portal.office import AT, Office


def published(office: Office, year: int = YEAR) -> AssessmentRun:
    by = office.person("zone")
    run = start_run(SCHEME, year, "lz-etdz", by=by, at=AT, practice=True)
    for step in (compute_run, review_run, publish_run):
        run = step(run.pk, by=by, at=AT)
    return run


def test_a_practice_run_needs_no_sheet_and_says_what_it_is_everywhere(office: Office) -> None:
    run = published(office)
    assert (run.state, run.kind) == (RunState.PUBLISHED, "practice")
    client = office.client("zone")
    (first, *_rest) = Assessed.objects.filter(run=run).order_by("rank")
    for page in (
        "/assessment/",
        f"/assessment/runs/{run.pk}/",
        f"/assessment/runs/{run.pk}/ranking/",
        f"/assessment/runs/{run.pk}/certainty/",
        f"/assessment/units/{first.pk}/",
    ):
        assert "演练" in client.get(page).content.decode(), page
    for suffix in ("docx", "xlsx", "json"):
        assert client.get(f"/assessment/runs/{run.pk}/result.{suffix}").status_code == 200
    assert "演练" in client.get(f"/assessment/runs/{run.pk}/result.json").content.decode()


def test_the_public_sees_no_practice_run(office: Office) -> None:
    run = published(office)
    public = office.client("")
    assert public.get(f"/assessment/runs/{run.pk}/ranking/").status_code == 404
    assert "演练" not in public.get("/assessment/").content.decode()


def test_made_up_and_real_figures_never_meet(office: Office) -> None:
    run, by = published(office, YEAR - 1), office.person("zone")
    # no real run of a later year has its ranks, and none is kept from being started
    real = computed(office)
    assert last_run(real) is None and real.matrix.decided == ()
    fresh = start_run(SCHEME, YEAR, "lz-etdz", by=by, at=AT, practice=True)
    assert last_run(fresh) == run
    with pytest.raises(Refusal, match="practice_run"):
        load_sheet(fresh.pk, sheet(), "parks.xlsx", by=by, at=AT)
    with pytest.raises(Refusal, match="practice_run"):
        load_known(fresh.pk, by=by, at=AT)


def test_the_page_starts_one(office: Office) -> None:
    sent = {"scheme": SCHEME, "unit": "lz-etdz", "year": str(YEAR), "practice": "on"}
    answer = office.client("zone").post("/assessment/start/", sent, follow=True)
    assert "演练数据已生成" in answer.content.decode()
    assert AssessmentRun.objects.get().is_practice
