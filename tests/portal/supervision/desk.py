"""What the tests of supervision work with (督办测试数据): projects, problems, orders, meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hexi.portal.projects.models import LampMonth, ProjectRecord
from hexi.portal.supervision.acts.answer_order import answer_order
from hexi.portal.supervision.acts.answer_problem import answer_problem
from hexi.portal.supervision.acts.call_meeting import Point, call_meeting
from hexi.portal.supervision.acts.issue_order import OrderText, issue_order
from hexi.portal.supervision.acts.plan_visit import PlannedVisit, plan_visit
from hexi.portal.supervision.acts.raise_problem import NewProblem, raise_problem
from hexi.portal.supervision.models import Meeting, Problem, SupervisionOrder, Visit
from tests.portal.projects.library import AT, Library

#: Friday 20 November 2026, as in the library; a working week later; three weeks later
TODAY = date(2026, 11, 20)
WEEK = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
LATE = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)


class Desk(Library):
    """Short ways to what the tests ask for; problems are of the aluminium project in its park."""

    def __init__(self) -> None:
        super().__init__()
        row = ProjectRecord.objects.get(pk=self.aluminium.pk)
        row.enterprise = self.maker.enterprise
        row.save(update_fields=["enterprise"])

    def problem(
        self, *, by: str = "park", owner: str = "lz-etdz", at: datetime = AT, **given: Any
    ) -> Problem:
        """Land for the aluminium project, which the zone's office has to answer."""
        usual = {"kind": "land", "title": "厂区北侧用地未交付", "project": self.aluminium.pk,
                 "owner_unit": owner}  # fmt: skip
        return raise_problem(NewProblem(**{**usual, **given}), by=self.person(by), at=at)

    def answered(self, *, at: datetime = AT, **given: Any) -> Problem:
        """… answered by the zone."""
        made = self.problem(**given)
        answer_problem(made.pk, "征拆已启动，月底交地。", by=self.person("zone"), at=at)
        return Problem.objects.get(pk=made.pk)

    def order(self, *, by: str = "province", at: datetime = AT, **given: Any) -> SupervisionOrder:
        """A reminder of the province to the zone on the aluminium project."""
        usual = {"unit": "gs", "addressee": "lz-etdz", "level": "blue", "subject": "铝箔项目进度",
                 "grounds": "进度落后", "demand": "补齐进度，说明原因。",
                 "project": self.aluminium.pk}  # fmt: skip
        return issue_order(OrderText(**{**usual, **given}), by=self.person(by), at=at)

    def replied(self, *, at: datetime = AT) -> SupervisionOrder:
        """… answered by the zone."""
        made = self.order()
        answer_order(made.pk, "已增加施工力量。", by=self.person("zone"), at=at)
        return SupervisionOrder.objects.get(pk=made.pk)

    def meeting(self, *points: Point, by: str = "zone", day: date = TODAY) -> Meeting:
        """A meeting of the zone on some points."""
        return call_meeting(
            unit="lz-etdz", title="重点项目协调会", day=day, place="三楼会议室", chair="王副市长",
            points=points or (Point(problem=self.problem().pk), Point(title="四季度调度")),
            by=self.person(by), at=AT,
        )  # fmt: skip

    def visit(self, *, by: str = "zone", **given: Any) -> Visit:
        """A visit to the aluminium project by its leader, who has no account."""
        usual = {"kind": "routine", "planned": TODAY, "project": self.aluminium.pk,
                 "visitor_name": "王副市长"}  # fmt: skip
        return plan_visit(PlannedVisit(**{**usual, **given}), by=self.person(by), at=AT)

    def lamp(self, key: str, lamp: str, *months: int) -> ProjectRecord:
        """A lamp as a sweep would have left it, in these months."""
        project = self.project_of(key)
        ProjectRecord.objects.filter(pk=project.pk).update(lamp=lamp)
        for month in months:
            LampMonth.objects.create(project=project, month=month, lamp=lamp, at=AT)
        return self.project_of(key)
