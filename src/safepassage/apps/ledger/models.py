"""The record: events as they came, what could not be taken in, and the access log. Ids only, no foreign keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from django.db import models

from safepassage.core.errors import ForbiddenError
from safepassage.core.ledger import Event, encode_event


def _refuse() -> NoReturn:
    raise ForbiddenError(
        "The record is never edited.", code="append-only", advice="Append a correction: an `annulled` event."
    )


class AppendOnlyQuerySet(models.QuerySet["EventRecord"]):
    """Reads and inserts; neither changes nor deletes."""

    def update(self, **_: Any) -> int:  # noqa: ANN401
        """Refuses."""
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuses."""
        _refuse()


class EventRecord(models.Model):
    """One event as it came. `content` is the truth; the other columns repeat parts of it for queries.

    The database itself refuses changes (triggers, see the first migration); a row taken out breaks `site_digest`.
    """

    position = models.BigAutoField(primary_key=True, help_text="Order of arrival at this site.")
    event = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    device = models.CharField(max_length=48)
    sequence = models.BigIntegerField()
    nonce = models.CharField(max_length=40)
    occurred = models.BigIntegerField(help_text="UTC milliseconds since 1970.")
    server_time = models.DateTimeField()
    content = models.BinaryField(help_text="Canonical bytes, see docs/ledger.md.")
    signature = models.BinaryField()
    digest = models.CharField(max_length=64)
    site_digest = models.CharField(max_length=64, help_text="SHA-256 of the row before's and this row's digest.")
    flag = models.CharField(max_length=20, blank=True, help_text="late | clock-ahead | other-point | empty")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "nonce"], name="ledger_once_by_device_and_nonce")]
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["occurred"])]

    def __str__(self) -> str:
        return f"{self.event} {self.kind}"

    def save(self, **options: Any) -> None:  # noqa: ANN401
        """Inserts; a record that stands already is never saved again."""
        if not self._state.adding:
            _refuse()
        super().save(force_insert=True, using=options.get("using"))

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:  # noqa: ANN401, ARG002, FBT001, FBT002
        """Refuses."""
        _refuse()

    @classmethod
    def of_event(cls, event: Event, *, flag: str, server_time: datetime, site_digest: str) -> EventRecord:
        """The row of an event, unsaved."""
        return cls(
            event=event.id,
            kind=event.kind,
            device=event.device,
            sequence=event.sequence,
            nonce=event.nonce,
            occurred=event.occurred,
            server_time=server_time,
            content=encode_event(event),
            signature=event.signature,
            digest=event.digest,
            site_digest=site_digest,
            flag=flag,
        )


class ParkedItem(models.Model):
    """An uploaded item that is no event of ours (yet): kept with its reason, shown, tried again."""

    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what was uploaded.")
    content = models.BinaryField()
    signature = models.BinaryField()
    device = models.CharField(max_length=48, blank=True, help_text="As claimed.")
    nonce = models.CharField(max_length=40, blank=True, help_text="As claimed.")
    reason = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.reason} {self.fingerprint[:8]}"


class SiteChain(models.Model):
    """Where the site's own chain stands; one row, locked by whoever appends."""

    operation = models.CharField(max_length=48)
    device = models.CharField(max_length=48)
    public_key = models.CharField(max_length=64)
    sequence = models.BigIntegerField(default=0)
    previous = models.CharField(max_length=64, blank=True)
    wall = models.BigIntegerField(default=0)
    counter = models.BigIntegerField(default=0)
    site_digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.device} at {self.sequence}"


class AccessEntry(models.Model):
    """One look at a person's record, or one export: who, what, when, for what purpose. Not a ledger event."""

    account = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, help_text="Person, party or listing id, or an export's id.")
    act = models.CharField(max_length=40)
    purpose = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "at"]), models.Index(fields=["account", "at"])]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
