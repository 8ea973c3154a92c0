"""Whom somebody has to ask is told without reading any standing; so is when the policy was applied last."""

from django.db import migrations, models
from django.db.models.functions import Cast


def tell_unsettled(apps, _schema) -> None:  # noqa: ANN001
    """By the text of the standing, since what is no JSON can't be asked for otherwise."""
    standings = apps.get_model("policy", "StandingRecord").objects
    bearing = standings.annotate(text=Cast("content", models.TextField())).filter(text__contains='"unsettled"')
    standings.filter(pk__in=bearing.values("pk")).update(is_unsettled=True)


class Migration(migrations.Migration):
    """The column, what is known in it, and the indexes."""

    dependencies = [("policy", "0004_tiers_are_counted_by_an_index")]

    operations = [
        migrations.AddField(
            "standingrecord",
            "is_unsettled",
            models.BooleanField(default=False, help_text="Somebody keeps a seat while a fact is missing."),
        ),
        migrations.AlterField(
            "standingrecord",
            "given_at",
            models.DateTimeField(
                db_index=True, help_text="The moment for which ages and dates were judged.", null=True
            ),
        ),
        migrations.AddIndex(
            "standingrecord", models.Index(fields=["tier", "is_unsettled"], name="standings_unsettled")
        ),
        migrations.RunPython(tell_unsettled, migrations.RunPython.noop),
    ]
