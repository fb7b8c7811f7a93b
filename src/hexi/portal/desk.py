"""The desk (柜台): what the command line asks of the portal's state, through the portal's own acts.

Who may run commands on the machine that keeps the database acts as its administrator; every step
leaves its event as if it had been done on a page. Results are plain records.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from hexi.catalogue import load_pack
from hexi.monitoring.evaluation import Subject
from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.watch import Unmeasured, Watch, watch_goals
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.evaluations.queries.subjects import subject_of
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import FindingRow, PlanDocument, PlanRow, Reading, TargetRow
from hexi.portal.plans.models.reading import ReadingState
from hexi.portal.plans.queries.lines import reading_line, target_line
from hexi.portal.plans.queries.plan_lists import plan_lines
from hexi.portal.plans.reading.engine import examine
from hexi.portal.plans.reading.records import document_of, statement_of
from hexi.portal.plans.reading.worker import read_waiting
from hexi.portal.preparation import administrator, local_administrator, prepare
from hexi.portal.scoreboard.sweep.goals import Cases, whole_targets
from hexi.reports import plan_csv, plan_json, plan_markdown, plan_xlsx
from hexi.reports.audit_report import Language

__all__ = [
    "Refusal",
    "evaluated",
    "export_plan",
    "find_plan",
    "import_file",
    "list_plans",
    "open_desk",
    "show_plan",
    "watch_plan",
]

_CHUNK = 1 << 20
#: seconds between looks at a reading that another process has taken
_LOOK = 0.2


def open_desk(language: str, echo: Callable[[str], None]) -> Person:
    """The administrator on whose behalf commands act; a fresh home is prepared first."""
    translation.activate("en" if language == "en" else "zh-hans")
    if _behind() or not PlanRow.objects.exists():
        prepare(echo)
    person = administrator()
    if person is not None:
        return person
    if settings.HEXI.mode != "local":
        raise Refusal(
            "no_administrator",
            _said("还没有管理员", "there is no administrator yet"),
            _said("请先启动平台并建立管理员", "start the portal and enter one"),
        )
    return local_administrator()


def import_file(path: Path, unit: str, by: Person, *, again: bool = False) -> dict[str, Any]:
    """Upload one file and wait until it is read. The very same bytes are not imported twice."""
    kept = None if again else _kept(_digest(path), by)
    if kept is not None:
        return {**_plan_record(kept.plan, by), "known": True, "error": None}
    reading = upload_document(_chunks(path), path.name, unit=unit, by=by, at=timezone.now())
    done = _await(reading)
    row = PlanRow.objects.select_related("unit").get(pk=done.document.plan_id)
    return {**_plan_record(row, by), "known": False, "error": reading_line(done).error}


def list_plans(by: Person) -> list[dict[str, Any]]:
    """Every plan of the library with its counts."""
    rows = PlanRow.objects.visible_to(by).select_related("unit").order_by("id")
    return [_record(line) for line in plan_lines(list(rows), by)]


def find_plan(key: str, by: Person) -> PlanRow:
    """A plan by its number, or by a part of its title that no other plan has."""
    rows = PlanRow.objects.visible_to(by).select_related("unit")
    if key.isdecimal():
        row: PlanRow | None = rows.filter(pk=int(key)).first()
        if row is not None:
            return row
    found = list(rows.filter(title__icontains=key)[:3])
    if len(found) == 1:
        only: PlanRow = found[0]
        return only
    if not found:
        raise Refusal(
            "not_found",
            _said("库中没有这个编号或标题的规划", "no plan has this number or title"),
            _said("用 hexi plan list 查看编号", "see the numbers with hexi plan list"),
            file=key,
        )
    raise Refusal(
        "ambiguous",
        _said("有几份规划的标题都含有它", "several plans have this in their title"),
        _said("请改用编号", "give the number of the plan"),
        file=key,
    )


def show_plan(row: PlanRow, by: Person) -> dict[str, Any]:
    """One plan with its targets and the faults of its arithmetic."""
    targets = TargetRow.objects.filter(plan=row).select_related("plan", "unit").order_by("number")
    faults = FindingRow.objects.filter(
        reading__document__plan=row, reading__current=True, is_fault=True
    ).order_by("number")
    return {
        **_plan_record(row, by),
        "target_list": [
            {"subject": target.subject, **_target(target_line(target))} for target in targets
        ],
        "fault_list": [fault.record for fault in faults],
    }


def export_plan(row: PlanRow, form: str, language: str) -> bytes:
    """The register of the plan's current reading, corrections included, as a file."""
    reading = (
        Reading.objects.filter(document__plan=row, current=True).order_by("document_id").first()
    )
    if reading is None:
        raise Refusal(
            "no_document",
            _said("这份规划还没有文件，没有可导出的登记", "this plan has no document to export"),
            _said("先用 hexi plan import 读入文件", "import its document first"),
            file=row.title,
        )
    document = document_of(reading.block_record(), reading.canonical_text())
    found = [statement_of(kept.record) for kept in reading.statements.order_by("number")]
    plan, lines = examine(document, found, load_pack(settings.HEXI.pack).catalogue)
    tongue: Language = "en" if language == "en" else "zh"
    if form == "json":
        return plan_json.render(plan).encode()
    if form == "csv":
        return plan_csv.render(plan, found, lines, bom=True, language=tongue)
    if form == "md":
        return plan_markdown.render(plan, found, lines, language=tongue).encode()
    return plan_xlsx.render(plan, found, lines, language=tongue)


def evaluated(row: PlanRow, at: date) -> Subject:
    """The plan as an evaluation takes it, with what people set and changed."""
    return subject_of(row, at)


def watch_plan(row: PlanRow, at: date) -> Watch:
    """Where the plan's targets stand on a day, with the paths and changes that people set."""
    cases = Cases(at)
    kept = whole_targets().filter(plan=row, target__isnull=False).order_by("number", "pk")
    found = [cases.one(target) for target in kept]
    clear = {case.id: case for case in found if isinstance(case.goal, Goal)}
    return watch_goals(
        (case.goal for case in clear.values() if isinstance(case.goal, Goal)),
        {key: case.observed for key, case in clear.items() if case.observed is not None},
        at=at,
        rules=cases.rules,
        paths={key: case.path for key, case in clear.items() if case.path is not None},
        extra={key: case.more for key, case in clear.items() if case.more},
        settled={key: case.verdict for key, case in clear.items() if case.verdict is not None},
        unmeasured=(
            Unmeasured(
                case.id,
                case.target.indicator,
                f"{case.target.value}{case.target.measure_unit}",
                case.goal.reasons,
            )
            for case in found
            if isinstance(case.goal, Unclear)
        ),
    )


def _behind() -> bool:
    """Is the database new, or older than this program?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _said(zh: str, en: str) -> str:
    return en if translation.get_language() == "en" else zh


def _kept(digest: str, by: Person) -> PlanDocument | None:
    documents = PlanDocument.objects.visible_to(by).filter(digest=digest)
    kept: PlanDocument | None = documents.select_related("plan__unit").first()
    return kept


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _await(reading: Reading) -> Reading:
    """Read what waits until ours is done; a running portal may take it up before us."""
    while True:
        now: Reading = Reading.objects.select_related("document__plan").get(pk=reading.pk)
        if now.state in (ReadingState.READY, ReadingState.FAILED):
            return now
        if not read_waiting(most=1):
            time.sleep(_LOOK)


def _plan_record(row: PlanRow, by: Person) -> dict[str, Any]:
    return _record(plan_lines([row], by)[0])


def _record(line: Any) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "unit": line.unit,
        "horizon": line.horizon,
        "source": line.source,
        "state": line.state,
        "state_label": line.state_label,
        "documents": line.documents,
        "statements": line.statements,
        "targets": line.targets,
        "met": line.counts.met,
        "missed": line.counts.missed,
        "on_the_way": line.counts.on_the_way,
        "unknown": line.counts.unknown,
        "faults": line.faults,
        "checked": line.checked,
    }


def _target(line: Any) -> dict[str, Any]:
    names = (
        "id indicator unit base base_period target target_period unit_of_measure measure_label"
        " bound_label kind_label observed observed_period verdict verdict_label reason"
    )
    return {name: getattr(line, name) for name in names.split()}
