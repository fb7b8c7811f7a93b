"""Practice projects in the library (演练项目): the portfolio gives the published figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.projects.acts.keep_batch import add_to_batch, make_batch
from hexi.portal.projects.acts.lay_practice_projects import lay_practice_projects
from hexi.portal.projects.acts.remove_practice_projects import remove_practice_projects
from hexi.portal.projects.columns.reading import read_library
from hexi.portal.projects.models import (
    PracticeJob,
    PracticeState,
    ProjectRecord,
    StageSpell,
    StartBatch,
)
from hexi.portal.projects.practice import laying, removal
from hexi.portal.projects.practice.worker import take_turn
from hexi.portal.projects.queries.standings import standing_of
from hexi.projects.figures import Figures, figures
from tests.portal.office import AT, Office
from tests.portal.projects.library import Library

YI = 10**8
#: divisions of GB/T 4754: transport and logistics, energy, industrial upgrading, innovation
FIELDS = ("53", "54", "56", "59", "44", "32", "26", "27", "34", "38", "30", "73", "75", "64")


def portfolio(day: date, **wanted: Any) -> Figures:
    """The figures of the practice projects of a list or a batch on a day."""
    library = read_library()
    records = library.records
    chosen = records.practice.copy()
    if "tag" in wanted:
        rows = library.tags.holding(day.toordinal())
        rows &= library.tags.tag.codes == library.tags.tag.code(wanted["tag"])
        chosen &= np.isin(np.arange(library.size), library.tags.of[rows])
    if "ids" in wanted:
        chosen &= np.isin(records.ids, list(wanted["ids"]))
    return figures(standing_of(library, day), chosen)


def percent(share: Fraction | None) -> str:
    assert share is not None
    return f"{float(share * 100):.2f}"


def laid(office: Office, more: int = 0) -> PracticeJob:
    """Asked for, and done by the worker."""
    job = lay_practice_projects(by=office.person("admin"), at=AT, more=more)
    take_turn()
    job.refresh_from_db()
    return job


def test_the_portfolio_gives_what_was_published(office: Office) -> None:
    laid(office)
    central = portfolio(date(2023, 1, 31), tag="central-local")
    assert (central.number, central.started, central.producing) == (204, 157, 41)
    assert percent(central.start_rate) == "76.96"
    assert central.invested == 144391 * YI // 100
    assert percent(central.progress) == "24.36"

    listed = portfolio(date(2023, 2, 11), tag="provincial")
    assert (listed.number, listed.total, listed.planned) == (287, 16512 * YI, 2512 * YI)
    before = portfolio(date(2022, 6, 30), tag="provincial")
    assert percent(Fraction(listed.planned, before.planned) - 1) == "13.00"

    batch = StartBatch.objects.get(day=date(2023, 2, 11))
    ids = batch.projects.values_list("pk", flat=True)
    started = portfolio(date(2023, 2, 11), ids=ids)
    assert (started.number, started.started, started.planned) == (900, 900, 2176 * YI)
    earlier = StartBatch.objects.get(day=date(2022, 2, 16))
    last = portfolio(date(2022, 2, 16), ids=earlier.projects.values_list("pk", flat=True))
    assert percent(Fraction(started.planned, last.planned) - 1) == "17.00"
    both = batch.projects.filter(tags__tag="provincial", tags__since=date(2023, 1, 1))
    shared = portfolio(date(2023, 2, 11), ids=both.values_list("pk", flat=True))
    assert (shared.number, shared.planned) == (75, 535 * YI)

    day = date(2023, 2, 11)
    rows = ProjectRecord.objects.filter(
        tags__tag="provincial", tags__since__lte=day, tags__until__gt=day
    )
    inside = [pk for pk, code in rows.values_list("pk", "industry") if code[:2] in FIELDS]
    assert percent(Fraction(portfolio(day, ids=inside).planned, listed.planned)) == "84.00"

    rows = ProjectRecord.objects.filter(practice=True)
    assert rows.count() == 2016
    open_ = StageSpell.objects.filter(until=None, project__practice=True)
    assert open_.count() == 2016
    assert not rows.filter(published=True).exists()
    assert not rows.exclude(state_code="").exists(), "no code of the state is made here"


def test_laying_is_one_event_and_a_second_one_lays_nothing(office: Office) -> None:
    before = Event.objects.count()
    job = lay_practice_projects(by=office.person("admin"), at=AT)
    assert not ProjectRecord.objects.exists(), "the worker lays them, not the request"
    with pytest.raises(Refusal, match="practice_busy"):
        lay_practice_projects(by=office.person("admin"), at=AT)
    assert take_turn() == 1 and take_turn() == 0
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (PracticeState.DONE, 2016, 2016)
    event = Event.objects.first()
    assert event is not None and Event.objects.count() == before + 1
    assert (event.act, event.who_name) == ("lay_practice_projects", "admin 同志")
    assert event.after == {"projects": 2016}
    with pytest.raises(Refusal, match="practice_there"):
        lay_practice_projects(by=office.person("admin"), at=AT)
    assert laid(office, more=10).done == 10
    assert ProjectRecord.objects.filter(practice=True).count() == 2026


class Stop:
    """A worker that is told to stop after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    @property
    def rung(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_a_stopped_worker_leaves_whole_portions_and_the_next_goes_on(office: Office) -> None:
    admin = office.person("admin")
    job = lay_practice_projects(by=admin, at=AT)
    take_turn(Stop(3))
    job.refresh_from_db()
    assert (job.state, job.done) == (PracticeState.WAITING, 2 * laying.PORTION)
    assert ProjectRecord.objects.count() == 2 * laying.PORTION
    take_turn()
    job.refresh_from_db()
    assert (job.state, job.done) == (PracticeState.DONE, 2016)
    assert StartBatch.objects.filter(practice=True).count() == 2

    job = remove_practice_projects(by=admin, at=AT)
    take_turn(Stop(3))
    job.refresh_from_db()
    assert (job.state, job.done) == (PracticeState.WAITING, 2 * removal.PORTION)
    assert ProjectRecord.objects.count() == 2016 - 2 * removal.PORTION
    take_turn()
    assert not ProjectRecord.objects.exists() and not StartBatch.objects.exists()
    assert Event.objects.filter(object_type="practicejob").count() == 2


def test_what_cannot_be_done_is_put_down_and_the_next_one_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = laying._write

    def fail(*args: Any) -> None:
        if ProjectRecord.objects.exists():
            raise OSError("disk full")
        write(*args)

    monkeypatch.setattr(laying, "_write", fail)
    job = laid(office)
    assert (job.state, job.done) == (PracticeState.FAILED, laying.PORTION)
    assert ProjectRecord.objects.count() == laying.PORTION
    event = Event.objects.first()
    assert event is not None and event.act == "fail_practice_job"
    page = office.client("admin").get("/projects/practice/").content.decode()
    assert "接着生成" in page
    monkeypatch.undo()
    assert laid(office).done == 2016 - laying.PORTION


@pytest.mark.parametrize("who", ["", "zone", "reader"])
@pytest.mark.parametrize("act", [lay_practice_projects, remove_practice_projects])
def test_only_who_makes_practice_data_asks_for_it(office: Office, who: str, act: Any) -> None:
    with pytest.raises(NotPermitted):
        act(by=office.person(who), at=AT)
    assert not PracticeJob.objects.exists()
    for address in ("", "progress/"):
        assert office.client(who).get(f"/projects/practice/{address}").status_code in (302, 403)


def test_the_page_lays_shows_how_far_it_is_and_takes_away(office: Office) -> None:
    admin = office.client("admin")
    assert "还没有演练项目" in admin.get("/projects/practice/").content.decode()
    assert admin.post("/projects/practice/").status_code == 302
    page = admin.get("/projects/practice/").content.decode()
    assert "<progress" in page and "every 1s" in page and "0 / 2016" in page
    take_turn()
    answer = admin.get("/projects/practice/progress/")
    assert answer["HX-Refresh"] == "true"
    page = admin.get("/projects/practice/").content.decode()
    assert "库中有 2016 个演练项目" in page
    assert "月度进度" in page, page[page.index("<table") : page.index("</table")]
    # confirmed with a number that is not that of now
    assert admin.post("/projects/practice/remove/", {"seen": "12"}).status_code == 409
    assert admin.post("/projects/practice/remove/", {"seen": "2016"}).status_code == 302
    take_turn()
    assert not ProjectRecord.objects.exists()
    assert "已清除" in admin.get("/projects/practice/").content.decode()


def test_practice_and_real_projects_stand_in_no_one_batch(library: Library) -> None:
    admin = library.person("admin")
    batch = make_batch("演练开工", "lz-etdz", date(2026, 12, 1), by=admin, at=AT)
    made_up = library.registered(by="admin", practice=True, name="演练一号")
    add_to_batch(batch.pk, [made_up.pk], by=admin, at=AT)
    batch.refresh_from_db()
    assert batch.practice
    with pytest.raises(Refusal, match="practice_and_real"):
        add_to_batch(batch.pk, [library.project_of("vaccine").pk], by=admin, at=AT)
