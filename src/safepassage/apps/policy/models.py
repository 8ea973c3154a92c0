"""Policies as published, standings, the lottery's commitment, overrides."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from safepassage.apps.ledger.columns import StoredJSON


class PolicyRecord(models.Model):
    """A policy text as proposed by one account and signed by another; never edited, superseded by a later one.

    `published_at` says since when it can be in force: none while it is only proposed. Published without
    `confirmed_by` it is provisional: one account alone stands behind it, since nobody else here could sign.
    """

    policy = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=60, help_text="Who proposed it: the first of two.")
    confirmed_by = models.CharField(max_length=60, blank=True, help_text="Who signed it: the second of two.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.CharField(max_length=60, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "version"], name="one_text_per_policy_version")]

    def __str__(self) -> str:
        return f"{self.policy} {self.version}"

    @property
    def in_force_since(self) -> datetime:
        """Since when it has held here: a template's text may say that it holds from a day long ago."""
        return max(self.effective_from, self.published_at or self.proposed_at)

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for its second person before it can be in force."""
        return self.published_at is None and self.refused_at is None

    @property
    def is_provisional(self) -> bool:
        """Whether it was put in force by one account alone, and nobody has signed it since."""
        return self.published_at is not None and not self.confirmed_by

    @property
    def state(self) -> str:
        """`proposed`, `refused`, `provisional` or `published`."""
        if self.is_proposed or self.refused_at:
            return "refused" if self.refused_at else "proposed"
        return "provisional" if self.is_provisional else "published"

    @property
    def is_signable(self) -> bool:
        """Whether a second person may still sign or refuse it."""
        return self.is_proposed or self.is_provisional


class LotteryRecord(models.Model):
    """The lottery: the seed's hash is published before the list closes; the seed is revealed after."""

    commitment = models.CharField(max_length=64, unique=True)
    committed_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Whoever is known by then takes part.")
    seed = models.CharField(max_length=64, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.commitment[:12]


class StandingRecord(models.Model):
    """What a policy version gives a party; `content` is `core.policy.Standing` with its reasons, made at the time."""

    party = models.CharField(max_length=20, primary_key=True)
    policy = models.ForeignKey(PolicyRecord, on_delete=models.PROTECT, related_name="standings")
    tier = models.PositiveSmallIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    order = models.PositiveIntegerField(null=True, db_index=True)
    outcome = models.CharField(max_length=20, db_index=True)
    content = StoredJSON(default=dict)
    is_unsettled = models.BooleanField(default=False, help_text="Somebody keeps a seat while a fact is missing.")
    given_at = models.DateTimeField(
        null=True, db_index=True, help_text="The moment for which ages and dates were judged."
    )

    class Meta:
        indexes = [
            models.Index(fields=["tier", "outcome"], name="standings_by_tier"),
            models.Index(fields=["tier", "is_unsettled"], name="standings_unsettled"),
        ]

    def __str__(self) -> str:
        return self.party


class Override(models.Model):
    """A decision against the rule: requester, reason, two people, who is displaced; the day's quota counts it."""

    party = models.CharField(max_length=20, db_index=True)
    tier = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    requested_by = models.CharField(max_length=60)
    requested_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    displaced = StoredJSON(default=list, shape=list[str])

    def __str__(self) -> str:
        return f"{self.party} {self.tier}"
