"""Passes as issued, and the public side of keys. Private keys live in the key folder, never in the store."""

from __future__ import annotations

from django.db import models

from safepassage.apps.ledger.columns import StoredJSON


class IssuingKey(models.Model):
    """The public half of a key that signs passes; verifiers know old and new."""

    key_id = models.CharField(primary_key=True, max_length=16)
    public_key = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key_id


class PassRecord(models.Model):
    """A pass as issued: for one party, one access point, one window. The codes are kept as keyed hashes only."""

    id = models.CharField(primary_key=True, max_length=20)
    party = models.CharField(max_length=20, db_index=True)
    persons = StoredJSON(
        shape=list[str],
        mend="Revoke the pass, and issue anew: `safepassage passes issue`.",
        help_text="Who is on it, in the order of its members; ids only.",
    )
    heads = models.PositiveSmallIntegerField()
    access_point = models.CharField(max_length=40)
    route = models.CharField(max_length=100, blank=True)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    policy_version = models.CharField(max_length=100)
    key = models.ForeignKey(IssuingKey, on_delete=models.PROTECT)
    text = models.TextField(help_text="The sealed pass, base45; tells nobody whom, where or when.")
    short_code = models.CharField(max_length=20, db_index=True)
    recognition_digest = models.CharField(max_length=64)
    watched_digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=60)
    printed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its print was handed out; none: nobody may have it on paper."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=models.Q(revoked_at=None), name="one_living_pass_per_party"
            )
        ]

    def __str__(self) -> str:
        return self.id


class CounterpartSheet(models.Model):
    """What the authority at a checkpoint sees of one convoy: tokens, head counts, plate, window; nobody's name."""

    convoy = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    content = StoredJSON()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.convoy
