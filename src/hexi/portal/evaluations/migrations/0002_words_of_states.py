from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evaluationreport",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draft report"), ("issued", "Issued")],
                db_index=True,
                default="draft",
                max_length=8,
            ),
        ),
    ]
