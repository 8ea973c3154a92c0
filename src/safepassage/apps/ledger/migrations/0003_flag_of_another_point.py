"""The record's flags know of a device that tells of another point than its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Words alone: the table is the same."""

    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.AlterField(
            "eventrecord",
            "flag",
            models.CharField(blank=True, help_text="late | clock-ahead | other-point | empty", max_length=20),
        ),
    ]
