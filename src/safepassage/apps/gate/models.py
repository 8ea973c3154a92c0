"""Devices, and what is gate work but not an event: parked items, walk-in numbers."""

from __future__ import annotations

from django.db import models

from safepassage.apps.ledger.columns import StoredCode, StoredJSON


class Device(models.Model):
    """A phone or a laptop at a point. Its public key signs what it sends; revoked by one click."""

    class Role(models.TextChoices):
        """Decides which calls the device endpoint allows."""

        ACCESS_POINT = "access-point"
        ROVER = "rover"
        BUS = "bus"
        STAGING_BASE = "staging-base"
        SITE = "site"

    id = models.CharField(primary_key=True, max_length=20)
    role = StoredCode(max_length=16, choices=Role.choices)
    point = models.CharField(max_length=40, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=60)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id


class Enrolment(models.Model):
    """An invitation for one device, shown once as a QR; used once, and soon."""

    code_digest = models.CharField(primary_key=True, max_length=64)
    role = StoredCode(max_length=16, choices=Device.Role.choices)
    point = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.code_digest[:8]


class WalkIn(models.Model):
    """People admitted with no pass and no record, tied by a numbered slip to the registration that follows."""

    slip = models.CharField(primary_key=True, max_length=20)
    event = models.CharField(max_length=20)
    heads = StoredJSON(shape=dict[str, int], help_text="Age band and sex to number.")
    claimed = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=40, blank=True)
    registered_as = models.CharField(max_length=20, blank=True, help_text="Party id once registered.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slip


class ReleasedText(models.Model):
    """A text that officers may hold up before a crowd, as a supervisor released it: language to words."""

    code = models.CharField(primary_key=True, max_length=60)
    texts = StoredJSON(shape=dict[str, str])
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code


class Tally(models.Model):
    """An officer's estimate of the crowd at a point in a quarter of an hour."""

    class Level(models.TextChoices):
        """Three words that everyone reads the same way."""

        CALM = "calm"
        DENSE = "dense"
        DANGEROUS = "dangerous"

    point = models.CharField(max_length=40)
    quarter = models.DateTimeField()
    level = StoredCode(max_length=12, choices=Level.choices)
    heads = models.PositiveIntegerField(null=True, blank=True)
    device = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "quarter", "device"], name="one_tally_a_quarter")]

    def __str__(self) -> str:
        return f"{self.point} {self.level}"


class PackPrinted(models.Model):
    """What one paper pack holds: sheets of other numbers were never printed, and count nothing when typed."""

    number = models.PositiveIntegerField(primary_key=True)
    point = models.CharField(max_length=40, blank=True)
    slips = models.PositiveIntegerField()
    tallies = models.PositiveIntegerField()
    printed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)
