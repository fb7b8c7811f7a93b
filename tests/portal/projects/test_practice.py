"""Practice projects in the library (演练项目): the portfolio gives the published figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.projects.acts import lay_practice_projects as laying
from hexi.portal.projects.acts.lay_practice_projects import lay_practice_projects
from hexi.portal.projects.columns.reading import read_library
from hexi.portal.projects.models import ProjectRecord, StageSpell, StartBatch
from hexi.portal.projects.queries.standings import standing_of
from hexi.projects.figures import Figures, figures
from tests.portal.office import AT, Office

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


def test_the_portfolio_gives_what_was_published(office: Office) -> None:
    lay_practice_projects(by=office.person("admin"), at=AT)
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

    _every_record_has_its_event_and_one_line_of_history()


def _every_record_has_its_event_and_one_line_of_history() -> None:
    rows = ProjectRecord.objects.filter(practice=True)
    assert rows.count() == 2016
    events = Event.objects.filter(act="register_record")
    assert events.count() == 2016
    assert set(events.values_list("object_id", flat=True)) == {
        str(pk) for pk in rows.values_list("pk", flat=True)
    }
    assert Event.objects.filter(act="lay_practice_projects").count() == 1
    open_ = StageSpell.objects.filter(until=None, project__practice=True)
    assert open_.count() == 2016
    assert not rows.filter(published=True).exists()
    assert not rows.exclude(state_code="").exists(), "no code of the state is made here"


def test_a_second_run_lays_nothing_and_a_stopped_one_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = office.person("admin")
    write, calls = laying._write, []

    def stop(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return write(*args)

    monkeypatch.setattr(laying, "_write", stop)
    with pytest.raises(KeyboardInterrupt):
        lay_practice_projects(by=admin, at=AT)
    assert ProjectRecord.objects.filter(practice=True).count() == 2 * laying.PORTION
    assert lay_practice_projects(by=admin, at=AT) == 2016 - 2 * laying.PORTION
    assert StartBatch.objects.count() == 2
    with pytest.raises(Refusal, match="practice_there"):
        lay_practice_projects(by=admin, at=AT)
    assert lay_practice_projects(by=admin, at=AT, more=10) == 10


@pytest.mark.parametrize("who", ["", "zone", "reader"])
def test_only_who_makes_practice_data_lays_them(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        lay_practice_projects(by=office.person(who), at=AT)
    assert not ProjectRecord.objects.exists()
