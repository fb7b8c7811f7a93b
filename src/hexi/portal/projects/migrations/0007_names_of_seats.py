from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def named(apps: Any, schema_editor: Any) -> None:
    """Who leads or keeps a project by account stands there by name too."""
    records = apps.get_model("projects", "ProjectRecord").objects
    people = apps.get_model("core", "Person").objects
    for seat in ("leader", "steward"):
        name = people.filter(pk=OuterRef(f"{seat}_id")).values("name")[:1]
        unnamed = records.exclude(**{seat: None}).filter(**{f"{seat}_name": ""})
        unnamed.update(**{f"{seat}_name": Subquery(name)})


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0006_practice_jobs"),
        ("core", "0003_enterprise_role"),
    ]

    operations = [migrations.RunPython(named, migrations.RunPython.noop)]
