"""The warehouse's manifest in the portal's database (数据仓库清单), with the engine's own DDL."""

from django.db import migrations

from hexi.warehouse.manifest import DDL


def lay(apps, schema_editor):
    for statement in DDL:
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for table in ("registry", "segment", "snapshot"):
        schema_editor.execute(f"DROP TABLE warehouse_{table}")


class Migration(migrations.Migration):
    dependencies = [("returns", "0002_warehouse_keys")]
    operations = [migrations.RunPython(lay, lift)]
