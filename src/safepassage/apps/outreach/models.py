"""Calls with their outcomes, messages, approved texts, next steps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from safepassage.apps.ledger.columns import StoredCode, StoredJSON


class Call(models.Model):
    """One attempt to reach a party, and what came of it."""

    class Outcome(models.TextChoices):
        """The closed list of the call sheet."""

        TO_DO = "to-do", _("to do")
        REACHED = "reached", _("reached: will come")
        MOVED = "moved", _("reached: has moved")
        REFUSED = "refused", _("reached: refused")
        UNSAFE = "unsafe-to-call", _("unsafe to call")
        NO_ANSWER = "no-answer", _("no answer")
        WRONG_NUMBER = "wrong-number", _("wrong number")

    party = models.CharField(max_length=20, db_index=True)
    outcome = StoredCode(max_length=16, choices=Outcome.choices, default=Outcome.TO_DO)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.party} {self.outcome}"


class PublicText(models.Model):
    """A text for people outside, in one language. One that a machine translated can't be sent before approval."""

    code = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    text = models.TextField()
    is_machine_made = models.BooleanField(default=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "language"], name="one_text_per_code_and_language")]

    def __str__(self) -> str:
        return f"{self.code} {self.language}"

    @property
    def may_be_sent(self) -> bool:
        """Whether a person stands behind the text."""
        return bool(self.approved_by) or not self.is_machine_made


class Message(models.Model):
    """A message to one party, written as a file; the outcome is recorded by hand."""

    party = models.CharField(max_length=20, db_index=True)
    text_code = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    file_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"{self.party} {self.text_code}"


class MessageDraft(models.Model):
    """A message to one party that waits for somebody's word; it holds no text: that is filled in at its release."""

    party = models.CharField(max_length=20, db_index=True)
    text_code = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    plan = models.CharField(max_length=20, db_index=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=60)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="When another one took its place.")

    def __str__(self) -> str:
        return f"{self.party} {self.text_code} {self.language}"


class Recipient(models.Model):
    """Who gets exports, with the public key (age) that theirs are sealed to."""

    reference = models.CharField(primary_key=True, max_length=48)
    public_key = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.reference


class NextStep(models.Model):
    """What happens next for a party left behind, and who sees to it: never a dead end."""

    party = models.CharField(primary_key=True, max_length=20)
    step = models.CharField(max_length=40)
    owner = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party} {self.step}"


class KeyedEntry(models.Model):
    """What one person typed of a sheet of paper. Two people's have to be the same before the sheet counts."""

    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=60)
    account = models.CharField(max_length=60)
    fields = StoredJSON(shape=dict[str, str], mend="Type the sheet again: console, Gate, Paper.")
    typed_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "account"], name="one_reading_a_person_and_sheet")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
