"""The record: events as they came, and the access log. Ids only, no foreign keys."""

from __future__ import annotations

from django.db import models


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
