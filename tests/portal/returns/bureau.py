"""A small bureau for the tests of returns (测试用统计站): enterprises of a park, their staff.

It stands beside the office of the portal's tests and is laid afresh for each test.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.open_return import open_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.models import Enterprise, Filler, Project, Reporter, Return, Spell
from tests.portal.office import Office

FORM = "enterprise-month"
PERIOD = 202610
#: the eighth working day of November 2026 has not come yet
AT = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

#: social credit code, name, unit; the codes bear their right check digits
ENTERPRISES = (
    ("91620100MA71TEAT0C", "甲机械有限公司", "etdz-an"),
    ("91620100MA71TEAT1F", "乙制药有限公司", "etdz-an"),
    ("91620300MA71TEAT2W", "丙金属有限公司", "jc-etdz"),
)
#: what a return must say at least
FIGURES = {
    "output": "1200",
    "output@prior": "1100",
    "sales_value": "1150",
    "employees": "30",
}
COVER = {"cover.head": "张三", "cover.clerk_in_charge": "李四", "cover.filler": "王五",
         "cover.phone": "0931-1234567"}  # fmt: skip


class Bureau(Office):
    """Short ways to what the tests of returns ask for."""

    def __init__(self) -> None:
        for code, name, unit in ENTERPRISES:
            self.enter(code, name, unit)
        for number, username in enumerate(("maker", "drugs", "metal")):
            person = Person.objects.create(
                username=username, name=f"{username} 填报人", role=Role.ENTERPRISE
            )
            reporter = Reporter.objects.get(code=ENTERPRISES[number][0])
            Filler.objects.create(reporter=reporter, person=person)

    def enter(self, code: str, name: str, unit: str, **facts: Any) -> Enterprise:
        home = Unit.objects.get(code=unit)
        reporter = Reporter.objects.create(kind="enterprise", code=code, name=name, home=home)
        standing = {"industry": "34", "place": "620105", "above_scale": True, **facts}
        made = Enterprise.objects.create(
            reporter=reporter, code=code, name=name, opened=date(2020, 1, 1), **standing
        )
        Spell.objects.create(enterprise=made, unit=home, since=date(2020, 1, 1), **standing)
        return made

    @cached_property
    def maker(self) -> Reporter:
        return Reporter.objects.get(code=ENTERPRISES[0][0])

    @cached_property
    def drugs(self) -> Reporter:
        return Reporter.objects.get(code=ENTERPRISES[1][0])

    @cached_property
    def zone(self) -> Unit:
        return Unit.objects.get(code="lz-etdz")

    def opened(self, period: int = PERIOD, *, at: datetime = AT, reason: str = "") -> Return:
        """A return of the first enterprise, opened."""
        by = self.person("maker")
        return open_return(FORM, period, self.maker.pk, by=by, at=at, reason=reason)

    def filled(self, period: int = PERIOD, *, at: datetime = AT, reason: str = "") -> Return:
        """… with everything that the form asks for."""
        row = self.opened(period, at=at, reason=reason)
        saved = save_cells(row.pk, figures_of(row), by=self.person("maker"), at=at)
        assert not saved.refused, {k: str(v.message) for k, v in saved.refused.items()}
        return saved.row

    def submitted(self, period: int = PERIOD, *, at: datetime = AT, reason: str = "") -> Return:
        """… and handed in."""
        row = self.filled(period, at=at, reason=reason)
        submit_return(row.pk, by=self.person("maker"), at=at)
        return Return.objects.get(pk=row.pk)

    def project(self, code: str = "2401-620100-04-01-123456") -> Project:
        """A project of the first enterprise in its park."""
        home = Unit.objects.get(code="etdz-an")
        reporter = Reporter.objects.create(kind="project", code=code, name="铝材项目", home=home)
        return Project.objects.create(
            reporter=reporter, code=code, name="铝材项目", enterprise=self.maker.enterprise,
            industry="3252", place="620105", since=date(2026, 3, 1), until=date(2027, 12, 31),
        )  # fmt: skip

    def submitted_by(self, username: str, reporter: Reporter, *, at: datetime = AT) -> Return:
        """The same figures of another enterprise, handed in."""
        by = self.person(username)
        row = open_return(FORM, PERIOD, reporter.pk, by=by, at=at)
        saved = save_cells(row.pk, figures_of(row), by=by, at=at)
        assert not saved.refused, {k: str(v.message) for k, v in saved.refused.items()}
        submit_return(row.pk, by=by, at=at)
        return Return.objects.get(pk=row.pk)

    def acts_of(self, thing: Any) -> list[str]:
        """The acts that events name of a thing, oldest first."""
        rows = Event.objects.filter(object_id=str(thing.pk), object_type=thing._meta.model_name)
        return list(rows.order_by("id").values_list("act", flat=True))


def figures_of(row: Return) -> dict[str, str]:
    """Every item of the form, so that required ones are there; consistent sums are zero."""
    form = form_book.version_of(row.form, row.form_version)
    zeros = {code: "0" for code in form.items}
    priors = {f"{code}@prior": "0" for code, item in form.items.items() if item.prior}
    return {**zeros, **priors, **FIGURES, **COVER}
