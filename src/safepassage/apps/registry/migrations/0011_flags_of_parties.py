"""The flags of parties as rows of their own: counting them reads no party."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Cast

FLAGS = (
    "minor-without-adult",
    "member-unconfirmed",
    "shared-member",
    "two-heads",
    "kept-apart",
    "very-large",
    "more-stated",
    "name-unknown",
)


def tell_flags(apps, _schema) -> None:  # noqa: ANN001
    """Of each party those that its content says; by text, since what is no JSON can't be asked for otherwise."""
    parties = apps.get_model("registry", "PartyRecord").objects.annotate(
        text=Cast("content", models.TextField())
    )
    flagged = apps.get_model("registry", "PartyFlagged")
    for flag in FLAGS:
        bearing = parties.filter(text__contains=f'"{flag}"').values_list("id", flat=True)
        flagged.objects.bulk_create(
            [flagged(party_id=party, flag=flag) for party in bearing], batch_size=1000
        )


class Migration(migrations.Migration):
    """The table, and what is known in it."""

    dependencies = [("registry", "0010_search_index")]

    operations = [
        migrations.CreateModel(
            name="PartyFlagged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("flag", models.CharField(max_length=24)),
                (
                    "party",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flagged",
                        to="registry.partyrecord",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["party"], name="flags_by_party")],
                "constraints": [models.UniqueConstraint(fields=["flag", "party"], name="flag_once_in_a_party")],
            },
        ),
        migrations.RunPython(tell_flags, migrations.RunPython.noop),
    ]
