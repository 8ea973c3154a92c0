"""A version is proposed before it is in force, and keeps when and by whom it was signed or refused."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F


def keep_times(apps, schema_editor):  # type: ignore[no-untyped-def]
    """What was published before was proposed at that moment; and what had a second name was signed then."""
    records = apps.get_model("policy", "PolicyRecord").objects
    records.update(proposed_at=F("published_at"))
    records.exclude(confirmed_by="").update(confirmed_at=F("published_at"))


class Migration(migrations.Migration):
    """Proposal, signature and refusal of a policy."""

    dependencies = [("policy", "0002_reasons_of_the_time")]

    operations = [
        migrations.AddField("policyrecord", "proposed_at", models.DateTimeField(null=True)),
        migrations.AddField("policyrecord", "confirmed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("policyrecord", "refused_by", models.CharField(blank=True, max_length=60)),
        migrations.AddField("policyrecord", "refused_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(keep_times, migrations.RunPython.noop),
        migrations.AlterField("policyrecord", "proposed_at", models.DateTimeField()),
        migrations.AlterField("policyrecord", "published_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "policyrecord",
            "published_by",
            models.CharField(help_text="Who proposed it: the first of two.", max_length=60),
        ),
        migrations.AlterField(
            "policyrecord",
            "confirmed_by",
            models.CharField(blank=True, help_text="Who signed it: the second of two.", max_length=60),
        ),
    ]
