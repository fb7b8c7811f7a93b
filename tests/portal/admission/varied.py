"""Projects of every sort (各式项目): what a library of columns is held against, row by row."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hexi.portal.admission.models import LandGrant
from hexi.portal.core.models import Unit
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.stagebook import stage_book
from tests.portal.projects.library import AT, TODAY, WAN

__all__ = ["laid"]


def laid(count: int = 160, seed: int = 3) -> list[ProjectRecord]:
    """Projects of all kinds and stages, with and without land, days, money and months."""
    chance, book = Random(seed), stage_book()
    units = list(Unit.objects.filter(code__in=("etdz-an", "jc-etdz", "gl-etdz")))
    stages = list(book.stages)

    def day(most: int = 1500) -> date | None:
        return TODAY - timedelta(days=chance.randint(-200, most)) if chance.random() < 0.7 else None

    rows = [
        ProjectRecord(
            number=f"V{at:05d}", name=f"第{at}号{chance.choice(('铝材', '疫苗', '光伏'))}项目",
            kind=chance.choice([*book.kinds, "gone"]), unit=chance.choice(units),
            industry=chance.choice(["", "3252", "2761", "C2613", "9999", "26"]),
            stage=(stage := chance.choice(stages)),
            stage_since=TODAY - timedelta(days=chance.randint(0, 1500)),
            resume_stage=chance.choice(stages[:9]) if book.stages[stage].halts else "",
            total=chance.choice([None, 0, 900 * WAN, 30_000 * WAN, 10**15]),
            invested=chance.choice([0, 100 * WAN, 8000 * WAN]),
            land_mu=chance.choice([None, 0, 30, "66.5", 2_000_000]),
            tax=chance.choice([None, 0, 600 * WAN]), energy=chance.choice([None, "0", "1200.5"]),
            origin=chance.choice(["", "foreign", "local"]),
            planned_start=day(), actual_start=day(), actual_end=day(),
            created_at=AT, changed_at=AT,
        )
        for at in range(count)
    ]  # fmt: skip
    ProjectRecord.objects.bulk_create(rows)
    made = list(ProjectRecord.objects.filter(number__startswith="V").order_by("pk"))
    Progress.objects.bulk_create(
        Progress(project=row, month=month, invested=chance.choice([0, 5 * WAN]), by_name="x", at=AT)
        for row in made
        for month in chance.sample([202412, 202503, 202510, 202609], chance.randint(0, 3))
    )
    LandGrant.objects.bulk_create(
        LandGrant(
            project=row, given=date(2023, 5, 1), contract="合同", agreed_start=start,
            built_percent=chance.choice([None, "12.5", "80"]), price=1000 * WAN, by_name="x", at=AT,
        )
        for row in made
        if chance.random() < 0.4 and (start := day()) is not None
    )  # fmt: skip
    return made
