"""Explanations know the dynamic row that they are on; submissions that wait to be published are
found at once."""

from django.db import migrations, models


def rows_by_their_cells(apps, schema_editor):
    """A cell of a dynamic row names it: partner/156/exports."""
    explanations = apps.get_model("returns", "Explanation")
    for explanation in explanations.objects.all():
        rows = {name.split("/")[1] for name in explanation.cells if name.count("/") == 2}
        if len(rows) == 1:
            explanation.row = rows.pop()
            explanation.save(update_fields=["row"])


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0005_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="explanation",
            name="row",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.RunPython(rows_by_their_cells, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("snapshot", None)),
                fields=["target"],
                name="submission_unpublished",
            ),
        ),
    ]
