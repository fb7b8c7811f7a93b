from typing import Any

from django.db import migrations, models


def told(apps: Any, schema_editor: Any) -> None:
    """Warnings that were mailed before went to all addresses of their units."""
    known = dict(
        apps.get_model("returns", "Reporter")
        .objects.exclude(unit=None)
        .exclude(email="")
        .values_list("unit", "email")
    )
    mailed = apps.get_model("scoreboard", "EarlyWarning").objects.exclude(mailed_at=None)
    for row in mailed.filter(state="open").select_related("target"):
        units = [row.unit_id or row.target.unit_id, row.desk_id if row.escalated else None]
        row.mailed_to = sorted({known[unit] for unit in units if unit in known})
        row.save(update_fields=["mailed_to"])


class Migration(migrations.Migration):
    dependencies = [
        ("scoreboard", "0004_withdrawn_targets"),
        ("returns", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="earlywarning",
            name="mailed_to",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(told, migrations.RunPython.noop),
        migrations.RemoveField(model_name="earlywarning", name="mailed_at"),
    ]
