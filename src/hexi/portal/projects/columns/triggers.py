"""Triggers that mark every change of a project (变更触发器), whoever makes it.

A migration lays them. SQLite drops the triggers of a table that a migration makes afresh, so such
a migration lays them again at its end; a test tells where that was forgotten.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["lay_triggers", "laying", "lift_triggers", "lifting"]

#: part of a project, its table, the column that names the project
_PARTS: Final = (
    ("record", "projects_projectrecord", "id"),
    ("stages", "projects_stagespell", "project_id"),
    ("plans", "projects_yearplan", "project_id"),
    ("progress", "projects_progress", "project_id"),
    ("tags", "projects_projecttag", "project_id"),
)
_VERBS: Final = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}

# not INSERT OR REPLACE: the conflict rule of the statement that fires a trigger would override it
_SQLITE_MARK = """
  DELETE FROM projects_changemark WHERE project_id = {row}.{key} AND part = '{part}';
  INSERT INTO projects_changemark (project_id, part, "transaction")
  VALUES ({row}.{key}, '{part}', 0);
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


def lay_triggers(_apps: Any, schema_editor: Any) -> None:
    """Lay them, or lay them again: a step of a migration."""
    vendor = schema_editor.connection.vendor
    for statement in (*lifting(vendor), *laying(vendor)):
        schema_editor.execute(statement)


def lift_triggers(_apps: Any, schema_editor: Any) -> None:
    """The way back."""
    for statement in lifting(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def laying(vendor: str) -> list[str]:
    """The statements that lay them."""
    if vendor == "postgresql":
        one = _POSTGRESQL_TRIGGER
        return [_POSTGRESQL, *(one.format(table=t, part=p, key=k) for p, t, k in _PARTS)]
    return [
        _SQLITE.format(
            table=table,
            verb=verb,
            body="".join(_SQLITE_MARK.format(row=row, key=key, part=part) for row in rows),
        )
        for part, table, key in _PARTS
        for verb, rows in _VERBS.items()
    ]


def lifting(vendor: str) -> list[str]:
    """The statements that take them away."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_mark ON {table}" for _, table, _ in _PARTS]
    return [
        f"DROP TRIGGER IF EXISTS {table}_mark_{verb}" for _, table, _ in _PARTS for verb in _VERBS
    ]
