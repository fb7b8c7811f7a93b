from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoreboard", "0003_matters_of_warnings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="monitoredtarget",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("proposed", "Proposed"),
                    ("accepted", "Accepted"),
                    ("ended", "Ended"),
                    ("withdrawn", "Withdrawn by act"),
                ],
                db_index=True,
                default="accepted",
                max_length=10,
            ),
        ),
    ]
