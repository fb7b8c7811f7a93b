"""What the project library says of a plan's key projects (规划重大项目进展): their stage then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Q, Sum

from hexi.monitoring.evaluation.nouns import Said
from hexi.monitoring.evaluation.subject import Matter
from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.models import Progress, ProjectRecord, StageSpell
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.duplicates import plain_name
from hexi.projects.money import money_words

__all__ = ["with_library"]


def with_library(matters: tuple[Matter, ...], plan: PlanRow, at: date) -> tuple[Matter, ...]:
    """The projects of a plan, those that stand in the library with their state on that day.

    A report speaks of the plan's own area alone.
    """
    records: dict[str, list[ProjectRecord]] = defaultdict(list)
    inside = ProjectRecord.objects.filter(unit__path__startswith=plan.unit_path)
    for row in inside.filter(plan=plan, merged_into=None, practice=False):
        records[plain_name(row.plan_project or row.name)].append(row)
    if not records:
        return matters
    rows = [row for found in records.values() for row in found]
    stages, invested = _stages(rows, at), _invested(rows, at)
    return tuple(
        replace(one, state=_state(records.get(plain_name(one.name), ()), stages, invested))
        for one in matters
    )


def _stages(rows: Iterable[ProjectRecord], at: date) -> dict[int, str]:
    """The stage of each project on the day; none where it was not yet in the library."""
    spells = StageSpell.objects.filter(
        Q(until=None) | Q(until__gt=at), project__in=rows, since__lte=at
    )
    return dict(spells.order_by("since", "id").values_list("project_id", "stage"))


def _invested(rows: Iterable[ProjectRecord], at: date) -> dict[int, int]:
    """Yuan invested until the end of the day's month."""
    months = Progress.objects.filter(project__in=rows, month__lte=at.year * 100 + at.month)
    return dict(months.values_list("project_id").annotate(Sum("invested")).order_by())


def _state(
    found: Iterable[ProjectRecord], stages: Mapping[int, str], invested: Mapping[int, int]
) -> Said | None:
    known = [row for row in found if row.pk in stages]
    if not known:
        return None
    counts = Counter(stages[row.pk] for row in known)
    book, spent = stage_book(), sum(invested.get(row.pk, 0) for row in known)
    total = sum(row.total or 0 for row in known)
    many = len(known) > 1

    def words(lang: str) -> str:
        parts = [
            f"{book.label(stage, lang)}{f' {number}' if many else ''}"
            for stage, number in counts.items()
        ]
        if spent:
            money = money_words(spent, lang)
            share = f"{100 * spent / total:.1f}%" if total else ""
            if lang == "zh":
                parts.append(f"累计投资{money}" + (f"，占总投资{share}" if share else ""))
            else:
                parts.append(f"{money} invested" + (f", {share} of the total" if share else ""))
        return ("；" if lang == "zh" else "; ").join(parts)

    return Said(words("zh"), words("en"))
