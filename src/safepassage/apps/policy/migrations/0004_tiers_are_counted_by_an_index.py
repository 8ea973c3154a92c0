"""How many parties each tier holds is told without reading any."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that has all that the count asks for."""

    dependencies = [("policy", "0003_signed_by_two")]

    operations = [
        migrations.AddIndex("standingrecord", models.Index(fields=["tier", "outcome"], name="standings_by_tier"))
    ]
