"""Taking practice projects away (清除演练项目): all that hangs on them goes, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.acts.remove_practice_projects import remove_practice_projects
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.practice.removal import going
from hexi.portal.projects.practice.worker import take_turn
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.models import Enquiry
from hexi.portal.supervision.models import AgendaItem, Meeting
from tests.portal.practice.school import School
from tests.portal.projects.library import AT, TODAY

#: what is written about an act, whatever becomes of its thing
RECORDS = {"event", "changemark", "practicejob"}
APPS = ("projects", "promotion", "supervision", "admission", "returns", "chains", "core")


def rows() -> dict[str, set[Any]]:
    """Every row of these apps by model."""
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name not in RECORDS
    }


def test_everything_that_hangs_on_them_goes_and_nothing_else(school: School) -> None:
    real = school.made_up(practice=False, name="真实在建工程")
    school.burden(real)
    # what belongs to nobody's project alone: the activity that both were shown at
    before = rows()
    made_up = school.made_up()
    school.burden(made_up)
    enquiry = school.enquiry(firm="演练来电企业")
    judge_enquiry(enquiry.pk, "accepted", "可落地", day=TODAY, project=made_up.pk,
                  by=school.person("zone"), at=AT)  # fmt: skip
    grown = {label for label, ids in rows().items() if ids - before[label]}
    assert len(grown) > 20, "the school must hang a row of every kind on it"

    said = {model: count for model, _label, count in going().rows}
    for model in ("progress", "problem", "supervisionorder", "visit", "voucher", "screeningrecord",
                  "agendaitem", "meeting", "enquiry", "agreement", "landgrant"):  # fmt: skip
        assert said[model] == 1, model

    events = Event.objects.count()
    job = remove_practice_projects(by=school.person("admin"), at=AT, seen=1)
    take_turn()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 1)
    assert rows() == before
    assert Event.objects.count() == events + 1
    event = Event.objects.first()
    assert event is not None and event.before["projects"] == 1
    assert event.before["rows_taken"]["voucher"] == 1
    assert not Enquiry.objects.filter(pk=enquiry.pk).exists()


def test_a_meeting_with_a_real_point_stays_with_it(school: School) -> None:
    from hexi.portal.supervision.acts.call_meeting import Point

    made_up = school.made_up()
    problem = school.problem(project=made_up.pk)
    meeting = school.meeting(Point(problem=problem.pk), Point(title="四季度调度"))
    remove_practice_projects(by=school.person("admin"), at=AT)
    take_turn()
    assert Meeting.objects.get().pk == meeting.pk
    assert [item.title for item in AgendaItem.objects.all()] == ["四季度调度"]


def test_merged_practice_records_go_together(school: School) -> None:
    one, other = school.made_up(), school.made_up(name="金川河谷氢冶金二期")
    ProjectRecord.objects.filter(pk=other.pk).update(merged_into=one)
    remove_practice_projects(by=school.person("admin"), at=AT)
    take_turn()
    assert not ProjectRecord.objects.filter(practice=True).exists()


def test_without_them_there_is_nothing_to_take(school: School) -> None:
    with pytest.raises(Refusal, match="no_practice"):
        remove_practice_projects(by=school.person("admin"), at=AT)
