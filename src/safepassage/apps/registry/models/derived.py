"""What identity derives from listings and judgements, and works out anew: links, persons, parties, reviews."""

from __future__ import annotations

from typing import Any

from django.db import models

from safepassage.apps.ledger.columns import StoredCode, StoredJSON
from safepassage.core.identity import PartyFlag

_AGAIN = "Run `safepassage resolve`: it works them out anew."


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
