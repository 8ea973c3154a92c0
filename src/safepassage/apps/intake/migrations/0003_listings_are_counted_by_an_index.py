"""How many listings count is told without reading any."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that has all that the count asks for."""

    dependencies = [("intake", "0002_a_list_is_withdrawn")]

    operations = [
        migrations.AddIndex(
            "listingrecord", models.Index(fields=["batch", "erased_at"], name="listings_that_count")
        )
    ]
