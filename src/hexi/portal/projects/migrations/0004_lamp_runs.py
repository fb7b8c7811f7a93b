"""Runs of lamps (亮灯扫描)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_record_merge")]
    operations = [
        migrations.CreateModel(
            name="LampRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(db_index=True)),
                ("stamp", models.CharField(max_length=32)),
                ("mark", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("looked", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("failed", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "run of lamps",
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(fields=("as_of", "stamp"), name="one_lamp_run_a_day")],
            },
        ),
    ]
