"""The triggers that mark changes (变更触发器): SQLite wants them again after a table was made afresh."""

from django.db import migrations

from hexi.portal.projects.columns.triggers import lay_triggers, lift_triggers


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_lamp_runs")]
    operations = [migrations.RunPython(lay_triggers, lift_triggers)]
