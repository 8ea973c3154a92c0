"""Sources, batches, rows, listings, rejects, saved column maps."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from safepassage.apps.ledger.columns import Coded, StoredCode, StoredJSON


class Source(models.Model):
    """Who sent lists, and on what terms: views, exports and devices obey them."""

    class Trust(models.IntegerChoices):
        """How far a source's statements are believed before anyone has checked them."""

        UNKNOWN = 0, _("unknown")
        LOW = 1, _("low: hearsay, open form")
        MEDIUM = 2, _("medium: organisation on its word")
        HIGH = 3, _("high: organisation that signed for its list")
        AUTHORITY = 4, _("authority: its own register")

    class Sharing(models.TextChoices):
        """How far the source lets its data travel."""

        NOBODY = "nobody", _("nobody outside this site")
        OPERATION = "operation", _("within the operation")
        AUTHORITIES = "authorities", _("receiving authorities")
        PARTNERS = "partners", _("authorities and named partners")

    id = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=160, unique=True)
    owner = models.CharField(max_length=160, help_text=_("Who answers for the list."))
    trust = models.PositiveSmallIntegerField(choices=Trust.choices, default=Trust.UNKNOWN)
    basis = models.CharField(max_length=80, help_text=_("Legal basis, e.g. vital interests (GDPR art. 6(1)(d))."))
    purposes = StoredJSON(
        default=list, shape=list[str], damaged="nothing", help_text=_("What the data may be used for.")
    )
    sharing = StoredCode(max_length=20, choices=Sharing.choices, default=Sharing.NOBODY)
    retention_days = models.PositiveIntegerField(default=180)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class ColumnTemplate(models.Model):
    """A column map corrected by a person and saved under a name; offered again for lists with the same headers."""

    name = models.CharField(max_length=80, unique=True)
    signature = models.CharField(max_length=64, db_index=True, help_text="Digest of the headers it fits.")
    content = StoredJSON()
    saved_by = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Withdrawal(models.TextChoices):
    """Why a list is withdrawn."""

    NONE = "none", _("not withdrawn")
    REPLACED = "replaced", _("a corrected list of the same sender is here")
    MISTAKE = "mistake", _("it was taken in by mistake")
    NOT_BELIEVED = "not-believed", _("it isn't believed any more")


class Batch(models.Model):
    """One delivery: one file of one source. The same bytes from the same source are one batch for ever."""

    id = models.CharField(primary_key=True, max_length=20)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=60)
    rows_read = models.PositiveIntegerField(default=0)
    rows_with_listings = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    rows_without_people = models.PositiveIntegerField(default=0)
    listings_made = models.PositiveIntegerField(default=0)
    column_maps = StoredJSON(default=dict, shape=dict[str, dict[str, Any]], damaged="nothing")
    warnings = StoredJSON(default=list, shape=list[Coded], damaged="nothing")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="Since when its people count no more.")
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_why = StoredCode(max_length=20, choices=Withdrawal.choices, default=Withdrawal.NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="one_batch_per_source_and_content")]

    def __str__(self) -> str:
        return self.id


class SourceRow(models.Model):
    """One row of one batch, verbatim. Only erasure replaces its cells, by a deletion mark."""

    id = models.CharField(primary_key=True, max_length=20)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    cells = StoredJSON(shape=list[str])
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20, db_index=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "sheet", "number"])]

    def __str__(self) -> str:
        return self.id


class Reject(models.Model):
    """Something that could not be read: a whole row, or one cell of it. Nobody's data, only where and why."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rejects")
    row = models.ForeignKey(SourceRow, null=True, on_delete=models.CASCADE)
    sheet = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=160, blank=True)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    advice = models.CharField(max_length=300, blank=True)
    is_whole_row = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class ListingRecord(models.Model):
    """A listing as stated, in `content` (`core.people.Listing`); never edited, only erased."""

    id = models.CharField(primary_key=True, max_length=20)
    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="listings")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="listings")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="listings")
    group = models.CharField(max_length=20, blank=True, db_index=True)
    content = StoredJSON()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "erased_at"], name="listings_that_count")]

    def __str__(self) -> str:
        return self.id
