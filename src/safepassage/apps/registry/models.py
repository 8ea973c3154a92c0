"""Judgements by people; and what identity derives: links, persons, parties, reviews."""

from __future__ import annotations

from typing import Annotated, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from safepassage.apps.ledger.columns import Coded, StoredCode, StoredJSON
from safepassage.core.identity import PartyFlag

_AGAIN = "Run `safepassage resolve`: it works them out anew."
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]
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


class LinkRecord(models.Model):
    """A derived link with its evidence; replaced as a whole by each run.

    Between two runs those of a small list that came in stand here too (`arrivals`): never certain.
    """

    left = models.CharField(max_length=20, db_index=True)
    right = models.CharField(max_length=20, db_index=True)
    probability = models.FloatField()
    is_certain = models.BooleanField()
    evidence = StoredJSON(default=list, shape=list[dict[str, Any]], mend=_AGAIN)

    def __str__(self) -> str:
        return f"{self.left} {self.right}"


class PersonRecord(models.Model):
    """A person: a stable id; `content` is the best-known view (`core.identity.Person`), rebuilt by each run."""

    id = models.CharField(primary_key=True, max_length=20)
    redirects_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    founded = models.PositiveIntegerField(unique=True, help_text="Order of founding: the oldest id wins a merge.")
    founder = models.CharField(max_length=20, help_text="The listing that the id was founded on.")
    content = StoredJSON(default=dict)
    split_from = models.CharField(
        max_length=20, blank=True, help_text="Whose draw in the lottery a split-off shares."
    )
    is_identified = models.BooleanField(default=False, help_text="No open question about who they are.")
    search_text = models.TextField(blank=True, help_text="The terms of search as they were laid down last.")

    def __str__(self) -> str:
        return self.id


class PersonListing(models.Model):
    """Which person a listing stands for now."""

    listing = models.CharField(primary_key=True, max_length=20)
    person = models.ForeignKey(PersonRecord, on_delete=models.CASCADE, related_name="listings")

    def __str__(self) -> str:
        return f"{self.listing} {self.person_id}"


class PartyRecord(models.Model):
    """People who must travel together; `content` is `core.identity.Party`."""

    id = models.CharField(primary_key=True, max_length=20)
    content = StoredJSON(default=dict)
    heads = models.PositiveSmallIntegerField(default=0, help_text="Confirmed members.")
    proposed = models.PositiveSmallIntegerField(default=0, help_text="Members that take no seat until confirmed.")

    def __str__(self) -> str:
        return self.id


class PartyFlagged(models.Model):
    """One flag that a party bears, as its `content` says too: to count and list parties without reading any."""

    party = models.ForeignKey(PartyRecord, on_delete=models.CASCADE, related_name="flagged", db_index=False)
    flag = StoredCode(max_length=24, codes=[one.value for one in PartyFlag], mend=_AGAIN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flag", "party"], name="flag_once_in_a_party")]
        indexes = [models.Index(fields=["party"], name="flags_by_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.flag}"


class Membership(models.Model):
    """One person in one party."""

    party = models.ForeignKey(PartyRecord, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(PersonRecord, on_delete=models.CASCADE, related_name="parties")
    relation = models.CharField(max_length=20)
    is_confirmed = models.BooleanField()
    is_principal = models.BooleanField(default=False)
    accompanying_adult = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "person"], name="once_in_a_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.person_id}"


class GroupParty(models.Model):
    """Which party a list group belongs to, so that party ids stay over runs."""

    group = models.CharField(primary_key=True, max_length=20)
    party = models.CharField(max_length=20, db_index=True)

    def __str__(self) -> str:
        return f"{self.group} {self.party}"


class MemberConfirmation(models.Model):
    """A person says that a member belongs to a party; kept apart from what is derived, re-applied by each run."""

    party = models.CharField(max_length=20)
    person = models.CharField(max_length=20)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
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


class ReviewRecord(models.Model):
    """One question to a person, ordered by harm. `content` is `core.identity.Review`."""

    id = models.CharField(primary_key=True, max_length=24)
    kind = models.CharField(max_length=30)
    harm = models.FloatField(db_index=True)
    party = models.CharField(max_length=20, blank=True)
    content = StoredJSON(default=dict)
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id


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
