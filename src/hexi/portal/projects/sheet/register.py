"""The library as a register that files are imported into (项目库导入): writing and undoing rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission
from hexi.portal.plans.models import PlanRow
from hexi.portal.projects.acts.register_record import complete, put_in
from hexi.portal.projects.models import ProjectRecord, ProjectTag, StageSpell, YearPlan
from hexi.portal.projects.record_book import CARD, card, put
from hexi.portal.projects.record_labels import DAYS
from hexi.portal.projects.sheet.beside import pointed_to, write_plan
from hexi.portal.projects.sheet.fields import BESIDE, HEADS
from hexi.portal.projects.sheet.reading import READING, USUAL_STAGE
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.form_book import day_of
from hexi.portal.returns.models import Enterprise, Project
from hexi.portal.returns.registers.import_plan import Entering, PlannedRow
from hexi.portal.returns.registers.kinds import ImportWords, Register, add_register
from hexi.projects.tag_spans import span_from

__all__ = ["KIND", "install"]

#: the id of the register
KIND: Final = "library"
_NOUNS: Final[dict[str, type[Model]]] = {
    "unit": Unit, "enterprise": Enterprise, "plan": PlanRow, "leader": Person, "steward": Person,
}  # fmt: skip
#: what else a copy tells of the record's own row
_STANDING: Final = (
    "stage", "stage_since", "resume_stage", "published", "merged_into_id", "reporting_id",
    "in_statistics_since",
)  # fmt: skip
#: what was built with a new row by the import itself
_OWN: Final = (StageSpell, ProjectTag, YearPlan)


def install() -> None:
    """Name the library to the import of registers."""
    add_register(
        Register(
            id=KIND,
            heads=HEADS,
            reading=READING,
            write=_write,
            copy_of=_copy_of,
            put_back=_put_back,
            rows=lambda: ProjectRecord.objects.select_related(*_NOUNS, "reporting"),
            card=_card,
            used=_used,
            remove=_remove,
            permission=Permission.KEEP_PROJECTS,
            words=ImportWords(
                title=_("Import projects into the library"),
                list=_("Project library"),
                thing=_("Project"),
                hint=_(
                    "A project is known again by its number in the library, else by its state"
                    " code, else by name, unit and credit code of the investor. A column that is"
                    " not in the file changes nothing. Money is in 万元, unless the head of the"
                    " column or the cell names another unit, as 总投资（亿元） or 1.2亿元."
                ),
            ),
            stem="project",
            list_url="/projects/",
        )
    )


def _write(line: PlannedRow, entering: Entering) -> ProjectRecord:
    by, at = entering.by, entering.at
    if line.known is None:
        values = complete(line.values, USUAL_STAGE, day_of(at))
        made = put_in(values, by=by, at=at, reason=entering.reason)
        if standing := pointed_to(values):
            for name, value in standing.items():
                setattr(made, name, value)
            made.save(update_fields=list(standing))
        write_plan(made, values, at)
        return made
    row: ProjectRecord = line.known
    changes = {name: new for name, (_old, new) in line.changes.items()}
    tags = changes.pop("tags", ())
    card_changes = {name: new for name, new in changes.items() if name not in BESIDE}
    put(row, {**card_changes, **pointed_to(changes)}, at)
    if "planned" in changes:
        write_plan(row, line.values, at)
    held = set(line.changes["tags"][0]) if tags else set()
    for tag in tags:
        if tag not in held:
            since, until = span_from(stage_book().tags[tag], day_of(at))
            ProjectTag.objects.create(project=row, tag=tag, since=since, until=until)
    return row


def _copy_of(row: ProjectRecord) -> dict[str, Any]:
    """The record, where it stands, the lists it is on, its plans and statistics."""
    kept: dict[str, Any] = {}
    for name in (*CARD, *_STANDING):
        value = getattr(row, name)
        if isinstance(value, Model):
            value = value.pk
        kept[name] = value.isoformat() if isinstance(value, date) else value
    for name in ("land_mu", "energy"):
        kept[name] = None if kept[name] is None else f"{kept[name]:.2f}"
    tags = row.tags.order_by("tag", "since").values_list("tag", "since", "until")
    kept["tags"] = [[tag, str(since), str(until or "")] for tag, since, until in tags]
    plans = row.year_plans.order_by("year").values_list("year", "planned", "content", "at")
    kept["plans"] = [[year, yuan, words, at.isoformat()] for year, yuan, words, at in plans]
    return kept


def _card(row: ProjectRecord, copy: dict[str, Any]) -> dict[str, Any]:
    """The record as its events keep it, with the lists it is on, its plans and statistics."""
    made = {**card(row), "project_tags": [tag for tag, _since, _until in copy["tags"]]}
    if plans := copy.get("plans"):
        made["year_plans"] = {str(year): yuan for year, yuan, _words, _at in plans}
    if row.reporting is not None:
        made["reporting"] = row.reporting.code
    if copy.get("in_statistics_since"):
        made["in_statistics_since"] = copy["in_statistics_since"]
    return made


def _put_back(row: ProjectRecord, copy: dict[str, Any]) -> None:
    values = {name: copy[name] for name in CARD}
    for name, noun in _NOUNS.items():
        values[name] = noun._default_manager.filter(pk=copy[name]).first()
    for name in DAYS:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    since = copy["in_statistics_since"]
    values["in_statistics_since"] = date.fromisoformat(since) if since else None
    values["reporting"] = Project.objects.filter(pk=copy["reporting_id"]).first()
    put(row, values, row.changed_at)
    row.year_plans.all().delete()
    YearPlan.objects.bulk_create(
        YearPlan(project=row, year=year, planned=yuan, content=words, at=datetime.fromisoformat(at))
        for year, yuan, words, at in copy["plans"]
    )
    row.tags.all().delete()
    ProjectTag.objects.bulk_create(
        ProjectTag(
            project=row,
            tag=tag,
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
        )
        for tag, since, until in copy["tags"]
    )


def _used(rows: Mapping[int, Any], new: Sequence[int]) -> bool:
    """Was anything built on new records: months, papers, agreements, problems …?"""
    for relation in ProjectRecord._meta.related_objects:
        other: Any = relation.related_model
        built = other._base_manager.filter(**{f"{relation.field.name}__in": list(new)})
        if other not in _OWN and built.exists():
            return True
    return False


def _remove(rows: Sequence[ProjectRecord]) -> None:
    for row in rows:
        row.delete()
