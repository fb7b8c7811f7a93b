"""Marks of changes (变更标记)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ChangeMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("project_id", models.BigIntegerField()),
                ("part", models.CharField(max_length=10)),
                ("transaction", models.BigIntegerField(db_index=True, default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("project_id", "part"), name="one_mark_a_part")
                ],
            },
        ),
    ]
