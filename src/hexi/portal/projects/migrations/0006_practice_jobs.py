"""Practice projects are laid and taken away by the worker (演练项目任务); their batches are marked."""

from django.db import migrations, models


def mark_batches(apps, schema_editor):
    """Batches that were laid with practice projects have no others."""
    batches = apps.get_model("projects", "StartBatch").objects
    records = apps.get_model("projects", "ProjectRecord").objects.exclude(batch=None)
    made_up = records.filter(practice=True).values("batch")
    real = records.filter(practice=False).values("batch")
    batches.filter(pk__in=made_up).exclude(pk__in=real).update(practice=True)


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_triggers_of_marks")]
    operations = [
        migrations.AddField(
            model_name="startbatch",
            name="practice",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_batches, migrations.RunPython.noop),
        migrations.CreateModel(
            name="PracticeJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("lay", "Laying practice projects"), ("remove", "Taking practice projects away")], max_length=10)),
                ("state", models.CharField(choices=[("waiting", "Waiting"), ("working", "Being done"), ("done", "Done"), ("failed", "Cut off")], default="waiting", max_length=10)),
                ("more", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("by_name", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=60)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "practice projects",
                "ordering": ("-id",),
                "constraints": [models.UniqueConstraint(condition=models.Q(("state", "waiting")), fields=("state",), name="one_practice_job_waits")],
            },
        ),
    ]
