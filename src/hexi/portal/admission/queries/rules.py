"""The rules as a page shows them (规则一览): tables of a day, each row in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from hexi.admission import Row, Rulebook, Space, StalledRule, Table
from hexi.admission.conditions import Condition, Spans
from hexi.catalogue.faults import Fault
from hexi.portal.admission.rulebook import lang
from hexi.portal.admission.said import POLICIES, SEVERITIES, STEPS

__all__ = ["FaultLine", "TableLine", "fault_lines", "stalled_lines", "table_lines"]


@dataclass(frozen=True, slots=True)
class RowLine:
    """One rule in words."""

    id: str
    title: str
    when: str
    need: str
    source: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table."""

    id: str
    title: str
    policy: str
    policy_label: str
    severity: str
    severity_label: str
    scope: str
    #: what holds for a case that no row takes
    otherwise: str
    since: str
    until: str
    in_force: bool
    law: str
    assumed: str
    overridable: bool
    rows: tuple[RowLine, ...]
    file: str


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault: where, what should stand there, what does."""

    place: str
    key: str
    expected: str
    found: str


def table_lines(book: Rulebook, space: Space, tables: Iterable[Table], on: date) -> list[TableLine]:
    """Tables in the reader's language."""
    zh = lang() == "zh"
    return [
        TableLine(
            id=table.id,
            title=table.title if zh else table.title_en,
            policy=table.policy,
            policy_label=str(POLICIES[table.policy]),
            severity=table.severity,
            severity_label=str(SEVERITIES[table.severity]),
            scope=_told(table.scope, book, space),
            otherwise=_otherwise(table),
            since=table.since.isoformat(),
            until=table.until.isoformat() if table.until else "",
            in_force=table.holds_on(on),
            law=table.legal,
            assumed=table.assumed if zh else table.assumed_en,
            overridable=table.overridable,
            rows=tuple(_row(row, table.policy, book, space) for row in table.rows),
            file=table.file,
        )
        for table in tables
    ]


def _otherwise(table: Table) -> str:
    if table.otherwise_free:
        return _("Cases that no rule takes are free.")
    if table.policy == "UNIQUE":
        return _("Every case has exactly one rule.")
    return _("Every case has a rule.")


def _row(row: Row, policy: str, book: Rulebook, space: Space) -> RowLine:
    effects = {"allow": _("allowed"), "refuse": _("refused")}
    return RowLine(
        id=row.id,
        title=row.title if lang() == "zh" else row.title_en,
        when=_told(row.when, book, space)
        or (_("in all other cases") if policy == "FIRST" else _("everywhere")),
        need=effects.get(row.effect) or _told(row.need, book, space),
        source=row.source,
    )


def _told(conditions: Mapping[str, Condition], book: Rulebook, space: Space) -> str:
    parts = []
    for name, condition in conditions.items():
        field = book.fields[name]
        if isinstance(condition, Spans):
            told = f"{condition.told(lang())} {field.unit}".rstrip()
        else:
            told = condition.told(lang(), partial(_say, space, name))
        verb = "" if lang() == "zh" or isinstance(condition, Spans) else "is "
        parts.append(f"{field.named(lang())} {verb}{told}")
    return ("；" if lang() == "zh" else "; ").join(parts)


def _say(space: Space, name: str, word: str) -> str:
    return space.say(name, word, lang())


def stalled_lines(rules: Iterable[StalledRule]) -> list[dict[str, str]]:
    """Rules of idle land and stalled projects."""
    zh = lang() == "zh"
    return [
        {
            "title": rule.title if zh else rule.title_en,
            "law": rule.legal,
            "assumed": rule.assumed if zh else rule.assumed_en,
            "step": str(STEPS[rule.step]),
            "since": rule.since.isoformat(),
            "until": rule.until.isoformat() if rule.until else "",
        }
        for rule in rules
    ]


def fault_lines(faults: Iterable[Fault]) -> list[FaultLine]:
    """Faults with file, line and key."""
    zh = lang() == "zh"
    return [
        FaultLine(
            place=f"{one.file}:{one.line}" if one.line else one.file,
            key=one.key,
            expected=one.expected if zh else one.expected_en or one.expected,
            found=one.found,
        )
        for one in faults
    ]
