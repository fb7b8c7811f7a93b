"""Triggers that refuse to change or delete an event, whoever asks (事件只增不改)."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER core_event_no_{low} BEFORE {up} ON core_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""

POSTGRESQL = """
CREATE FUNCTION core_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER core_event_no_change BEFORE UPDATE OR DELETE ON core_event
FOR EACH ROW EXECUTE FUNCTION core_event_refuse();
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(SQLITE.format(low=verb.lower(), up=verb))


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER core_event_no_change ON core_event")
        schema_editor.execute("DROP FUNCTION core_event_refuse()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER core_event_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
