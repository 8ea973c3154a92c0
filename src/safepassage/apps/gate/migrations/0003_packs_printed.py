"""What each paper pack holds."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gate", "0002_released_texts")]

    operations = [
        migrations.CreateModel(
            name="PackPrinted",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("point", models.CharField(blank=True, max_length=40)),
                ("slips", models.PositiveIntegerField()),
                ("tallies", models.PositiveIntegerField()),
                ("printed_at", models.DateTimeField()),
            ],
        ),
    ]
