"""Networks, plans, bookings, manifests."""

from __future__ import annotations

from typing import Any

from django.db import models

from safepassage.apps.ledger.columns import StoredCode, StoredJSON

_PLAN = "Plan again: `safepassage plan make`, then `plan publish`."
_PUBLISH = "Publish the plan again: `safepassage plan publish`."


class NetworkRecord(models.Model):
    """The network as known at a time; `content` is the text of `spec/scenario-v1` without its demands."""

    digest = models.CharField(max_length=64, unique=True)
    content = StoredJSON()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.digest[:12]


class PlanRecord(models.Model):
    """A proposed or published plan; `content` is `core.movement.Plan`, `report` the judge's."""

    class Status(models.TextChoices):
        """A plan without a clean report can't be published."""

        DRAFT = "draft"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"

    id = models.CharField(primary_key=True, max_length=20)
    network = models.ForeignKey(NetworkRecord, on_delete=models.PROTECT)
    status = StoredCode(max_length=12, choices=Status.choices, default=Status.DRAFT)
    is_provisional = models.BooleanField(default=False, help_text="Made before the reviews were done.")
    content = StoredJSON()
    report = StoredJSON()
    kept = StoredJSON(
        default=list,
        shape=list[dict[str, Any]],
        mend=_PLAN,
        help_text="The seats that the policy kept when it was made.",
    )
    overbooked = StoredJSON(
        default=list,
        shape=list[dict[str, Any]],
        mend=_PLAN,
        help_text="Legs booked beyond their seats, and who stands by; ids only.",
    )
    relieved = models.CharField(max_length=48, blank=True, help_text="An amendment: the point that was too full.")
    moved = StoredJSON(
        default=list,
        shape=list[dict[str, Any]],
        mend=_PLAN,
        help_text="An amendment: the arrivals that were moved; ids only.",
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id


class ReserveRelease(models.Model):
    """Seats of a policy's reserve on one leg, given to all before their hour."""

    reserve = models.CharField(max_length=40)
    leg = models.CharField(max_length=40)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reserve", "leg"], name="a_reserve_is_released_once_on_a_leg")]

    def __str__(self) -> str:
        return f"{self.reserve} {self.leg}"


class PlaceReason(models.Model):
    """Why a party has its place in a plan, or none; `content` is `core.movement.Explanation`, made with the plan."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="reasons")
    party = models.CharField(max_length=20)
    content = StoredJSON()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "party"], name="one_reason_per_plan_and_party")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.party}"


class Booking(models.Model):
    """A party's place in the published plan."""

    party = models.CharField(max_length=20, primary_key=True)
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="bookings")
    persons = StoredJSON(shape=list[str], mend=_PUBLISH, help_text="Who was booked, as the policy seated them then.")
    heads = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=40)
    report_at = models.DateTimeField()
    legs = StoredJSON(shape=list[str], mend=_PUBLISH)
    access_point = models.CharField(max_length=40, blank=True)
    window_start = models.DateTimeField(null=True)
    window_end = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, blank=True)  # of this hour and place; of another one: `Told`

    def __str__(self) -> str:
        return self.party


class Told(models.Model):
    """The hour and place that a party was told last; it stays when a plan moves its booking or takes it away."""

    party = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    heads = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=40)
    report_at = models.DateTimeField()
    access_point = models.CharField(max_length=40, blank=True)
    window_start = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.party

    def holds_of(self, booking: Booking) -> bool:
        """Whether what was told is what they have now."""
        told = (self.start, self.report_at, self.access_point, self.window_start)
        return told == (booking.start, booking.report_at, booking.access_point, booking.window_start)


class ManifestRecord(models.Model):
    """The closed, numbered list for one leg; corrected by a new version, never edited."""

    leg = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT)
    content = StoredJSON()
    persons = StoredJSON(
        default=dict,
        shape=dict[str, list[str]],
        mend="Close the manifest again: `safepassage manifest`.",
        help_text="Who of each party was on it when it was closed; ids only.",
    )
    heads = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leg", "version"], name="manifest_versions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.leg} v{self.version}"
