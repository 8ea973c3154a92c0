"""Runs of the matcher, what was found of a list that came in since, its versions, and samples of its links."""

from __future__ import annotations

from typing import Annotated, Any

from django.db import models
from pydantic import Field

from safepassage.apps.ledger.columns import Coded, StoredJSON

_AGAIN = "Run `safepassage resolve`: it works them out anew."
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]


class ResolveRun(models.Model):
    """One run of the matcher: which listings, which parameters, which result."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    listings = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    parties = models.PositiveIntegerField()
    parameters = StoredJSON(default=dict, mend=_AGAIN)
    figures = StoredJSON(default=dict, shape=dict[str, float], mend=_AGAIN)
    changes = StoredJSON(
        default=list, shape=list[dict[str, Any]], help_text="Merges, splits and undoings of person ids; ids only."
    )
    alarms = StoredJSON(default=list, shape=list[Coded], damaged="nothing", mend=_AGAIN)
    reviews_beyond_cap = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.pk)


class ArrivalLook(models.Model):
    """That a small list was compared as it came in, so that a desk knows whether it was; until the next run."""

    batch = models.CharField(primary_key=True, max_length=20)
    listings = models.PositiveIntegerField(help_text="Listings that it was compared with.")
    matcher = models.CharField(max_length=12, help_text="The version of the weights.")

    def __str__(self) -> str:
        return self.batch


class MatcherVersion(models.Model):
    """Frozen weights and habits of the matcher: proposed by a run, in force once a person adopts them."""

    version = models.CharField(primary_key=True, max_length=12)
    parameters = StoredJSON(help_text="`core.identity.Parameters`: no word of fewer than three listings.")
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=60)
    listings = models.PositiveIntegerField(help_text="Listings that it was learnt from.")
    state = models.CharField(max_length=64, help_text="Digest of the listings and judgements that the effect is of.")
    effect = StoredJSON(default=dict, help_text="What its adoption changes: figures and ids only.")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(adopted_at__isnull=False, retired_at=None),
                name="one_matcher_version_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.version


class LinkAudit(models.Model):
    """A sample of automatic links, drawn evenly, for people to check; the answers are judgements."""

    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=60)
    seed = models.CharField(max_length=20, help_text="Draws the same pairs of the same links again.")
    links = models.PositiveIntegerField(help_text="How many automatic links there were.")
    pairs = StoredJSON(
        default=list,
        shape=list[Pair],
        mend="Draw a new sample in the console.",
        help_text="Left and right, in the order of the draw; ids only.",
    )

    def __str__(self) -> str:
        return str(self.pk)
