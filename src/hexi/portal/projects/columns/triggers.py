"""Triggers that mark every change of a project (变更触发器), whoever makes it.

They are laid anew after every migration: SQLite drops the triggers of a table when a migration
makes the table afresh.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

from hexi.portal.projects.models import (
    ChangeMark,
    Progress,
    ProjectRecord,
    ProjectTag,
    StageSpell,
    YearPlan,
)

__all__ = ["PARTS", "lay_triggers"]

#: part of a project, its table, the column that names the project
PARTS: Final = (
    ("record", ProjectRecord._meta.db_table, "id"),
    ("stages", StageSpell._meta.db_table, "project_id"),
    ("plans", YearPlan._meta.db_table, "project_id"),
    ("progress", Progress._meta.db_table, "project_id"),
    ("tags", ProjectTag._meta.db_table, "project_id"),
)
_MARKS: Final = ChangeMark._meta.db_table
_VERBS: Final = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}

# not INSERT OR REPLACE: the conflict rule of the statement that fires a trigger would override it
_SQLITE_MARK = """
  DELETE FROM {marks} WHERE project_id = {row}.{key} AND part = '{part}';
  INSERT INTO {marks} (project_id, part, "transaction") VALUES ({row}.{key}, '{part}', 0);
"""
_SQLITE = "CREATE TRIGGER {table}_mark_{verb} AFTER {verb} ON {table} BEGIN {body} END"
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION projects_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed bigint[] := '{}';
  one bigint;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    changed := changed || (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    changed := changed || (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
  END IF;
  FOREACH one IN ARRAY changed LOOP
    INSERT INTO projects_changemark (project_id, part, "transaction")
    VALUES (one, TG_ARGV[0], pg_current_xact_id()::text::bigint)
    ON CONFLICT (project_id, part) DO UPDATE SET "transaction" = EXCLUDED."transaction";
  END LOOP;
  RETURN NULL;
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_mark AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION projects_mark('{part}', '{key}')
"""


def lay_triggers(using: str = "default", **_signal: Any) -> None:
    """Lay them, or lay them again; nothing while the tables are not there yet."""
    connection = connections[using]
    if _MARKS not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def _sqlite() -> list[str]:
    said = []
    for part, table, key in PARTS:
        for verb, rows in _VERBS.items():
            body = "".join(
                _SQLITE_MARK.format(marks=_MARKS, row=row, key=key, part=part) for row in rows
            )
            said.append(f"DROP TRIGGER IF EXISTS {table}_mark_{verb}")
            said.append(_SQLITE.format(table=table, verb=verb, body=body))
    return said


def _postgresql() -> list[str]:
    said = [_POSTGRESQL]
    for part, table, key in PARTS:
        said.append(f"DROP TRIGGER IF EXISTS {table}_mark ON {table}")
        said.append(_POSTGRESQL_TRIGGER.format(table=table, part=part, key=key))
    return said
