"""What people say, kept apart from what is derived: judgements, relations, confirmations, checked facts."""

from __future__ import annotations

from typing import Annotated

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from safepassage.apps.ledger.columns import StoredCode, StoredJSON

Said = Annotated[list[str], Field(min_length=3, max_length=3)]


class JudgementRecord(models.Model):
    """What a person says of two listings. Kept apart from what is derived; withdrawn, never deleted."""

    class Verdict(models.TextChoices):
        """The closed list of DESIGN §3."""

        SAME = "same", _("same person")
        DIFFERENT = "different", _("different people")
        UNSURE = "unsure", _("unsure")
        KEEP_APART = "keep-apart", _("keep apart, confidential")
        HOUSEHOLD = "household", _("one household, two people")
        OTHER_HOUSEHOLD = "other-household", _("not one household")

    left = models.CharField(max_length=20, db_index=True)
    right = models.CharField(max_length=20, db_index=True)
    verdict = StoredCode(max_length=20, choices=Verdict.choices)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    review = models.CharField(max_length=24, blank=True, help_text="The question it answered; undoing reopens it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="judgement_pair_is_ordered")
        ]

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right}"


class JudgementRequest(models.Model):
    """A judgement on people who are booked already: one account asks, another has to agree before it counts."""

    review = models.CharField(max_length=24, blank=True, db_index=True)
    rows = StoredJSON(
        shape=list[Said],
        mend="Refuse the request, and judge again.",
        help_text="Left, right, and a verdict or `withdraw`; ids and codes only.",
    )
    why = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    """Who decided; while `decided_at` is empty, who refused first to keep people apart: a second has to confirm."""
    decided_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=models.Q(decided_at=None) & ~models.Q(review=""),
                name="one_open_request_per_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.review} {self.asked_by}"


class MemberConfirmation(models.Model):
    """A person says that a member belongs to a party; kept apart from what is derived, re-applied by each run."""

    party = models.CharField(max_length=20)
    person = models.CharField(max_length=20)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    is_kept = models.BooleanField(
        default=False, help_text="Nobody said so: they were divided while committed, and keep their seat (`kept`)."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party} {self.person}"


class AdultConfirmation(models.Model):
    """A child-protection officer says which adult answers for a minor while moving."""

    minor = models.CharField(max_length=20)
    adult = models.CharField(max_length=20)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.minor} {self.adult}"


class RelationStated(models.Model):
    """One of us says what a person is to another ("the child of"); outranks the lists, withdrawn and not deleted."""

    person = models.CharField(max_length=20, db_index=True)
    of = models.CharField(max_length=20)
    relation = models.CharField(max_length=20)
    evidence = models.CharField(max_length=24)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.person} {self.relation} {self.of}"


class FactCheck(models.Model):
    """What one of us found out about a fact that a policy asks for ("citizen"); withdrawn, deleted by erasure only.

    It belongs to the listings that the person had when it was checked (`FactAnchor`), so that it goes where they go.
    """

    person = models.CharField(max_length=20, db_index=True, help_text="Who they were when it was checked.")
    code = models.CharField(max_length=40)
    is_true = models.BooleanField()
    evidence = models.CharField(max_length=24, help_text="One of `core.ledger.FACT_EVIDENCE`.")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.person} {self.code}"


class FactAnchor(models.Model):
    """One listing of the person about whom a fact was checked."""

    check_made = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="anchors")
    listing = models.CharField(max_length=20, db_index=True)

    def __str__(self) -> str:
        return f"{self.check_made_id} {self.listing}"
