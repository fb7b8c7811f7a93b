"""A trigger that refuses to change a screening, whoever asks (筛查记录不得修改)."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER admission_screening_no_update BEFORE UPDATE ON admission_screeningrecord
BEGIN SELECT RAISE(ABORT, 'screenings are kept as they are'); END
"""

POSTGRESQL = """
CREATE FUNCTION admission_screening_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'screenings are kept as they are'; END $$;
CREATE TRIGGER admission_screening_no_update BEFORE UPDATE ON admission_screeningrecord
FOR EACH ROW EXECUTE FUNCTION admission_screening_refuse();
"""


def lay(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if postgres else SQLITE)


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER admission_screening_no_update ON admission_screeningrecord"
        )
        schema_editor.execute("DROP FUNCTION admission_screening_refuse()")
        return
    schema_editor.execute("DROP TRIGGER admission_screening_no_update")


class Migration(migrations.Migration):
    dependencies = [("admission", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
