"""Reads of policies, standings, the lottery and overrides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet

from safepassage.apps.ledger.borne import CODE
from safepassage.apps.policy.borne import borne_now, override_fault, policy_fault, text_read
from safepassage.apps.policy.models import LotteryRecord, Override, PolicyRecord, StandingRecord
from safepassage.apps.policy.values import STANDING
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.ids import PartyId, PersonId, PolicyId
from safepassage.core.policy import Lottery, MemberStatus, Policy, Round, Standing, facts_asked


def policy_in_force(at: datetime) -> PolicyRecord | None:
    """The published policy that holds at a moment: the one effective last, the latest published among equals.

    A version that is only proposed is never in force.
    """
    begun = PolicyRecord.objects.filter(effective_from__lte=at).exclude(published_at=None)
    holding = begun.exclude(effective_until__lte=at)
    return holding.order_by("-effective_from", "-published_at", "-pk").first()


def policy_applied() -> PolicyRecord | None:
    """The policy that gave the standings which hold now; it may be past, where an operation is."""
    given = StandingRecord.objects.select_related("policy").first()
    return given.policy if given else None


def facts_asked_now(at: datetime) -> tuple[str, ...]:
    """The codes of facts that the policy in force asks to be checked; none without a policy."""
    record = policy_in_force(at)
    return facts_asked(policy_read(record)) if record and not policy_fault(record) else ()


def policies_published() -> QuerySet[PolicyRecord]:
    """All policies that are or were to be in force, the newest first."""
    return policies_all().exclude(published_at=None)


def policies_all() -> QuerySet[PolicyRecord]:
    """All policies, proposed and refused ones too, the newest first."""
    return PolicyRecord.objects.order_by("-effective_from", "-pk")


def policies_unsigned(at: datetime) -> list[PolicyRecord]:
    """What waits for a second signature: every proposal, and the policy in force if it is provisional."""
    holding = policy_in_force(at)
    provisional = [holding] if holding and holding.is_provisional else []
    return [*PolicyRecord.objects.filter(published_at=None, refused_at=None).order_by("pk"), *provisional]


def policy_named(policy: str, version: str) -> PolicyRecord:
    """One version of a policy by its own names.

    Raises:
        NotFoundError: nobody proposed it.
    """
    record = PolicyRecord.objects.filter(policy=policy, version=version).first()
    if record is None:
        raise NotFoundError(
            "No policy has that name and version.",
            where=f"{policy} {version}",
            advice="`safepassage policy list` lists them.",
        )
    return record


def policy_by_key(key: int) -> PolicyRecord:
    """One published policy.

    Raises:
        NotFoundError: if there is none.
    """
    record = PolicyRecord.objects.filter(pk=key).first()
    if record is None:
        raise NotFoundError("No policy has that number.", advice="`safepassage policy list` lists them.")
    return record


def policy_read(record: PolicyRecord) -> Policy:
    """The policy of a record, read again from its text.

    Raises:
        ForbiddenError: the row is not what the signed events bear (`borne`): another text, another signature.
        ProblemsError: every mistake in a text that can't be read.
    """
    policy = text_read(record.text, f"{record.policy} {record.version}")
    if fault := policy_fault(record):
        raise ForbiddenError(
            f"This policy is not as it was signed, and is applied to nobody. {fault}",
            code=CODE,
            where=f"{record.policy} {record.version}",
            advice="`safepassage gate check` says more. Propose a later version, and let another sign it.",
        )
    return policy


def standings_now() -> list[Standing]:
    """All standings: eligible parties in total order, then the others by id.

    Raises:
        UnreadableError: names those that can't be read.
    """
    records = StandingRecord.objects.order_by("order", "party")
    ordered = sorted(
        records.values_list("order", "party", "content"), key=lambda row: (row[0] is None, row[0], row[1])
    )
    return STANDING.every((party, content) for _, party, content in ordered)


def standing_versions() -> dict[PartyId, tuple[PolicyId, str]]:
    """Under which policy and version each party has its standing; reads nobody's content."""
    rows = StandingRecord.objects.order_by("party").values_list("party", "policy__policy", "policy__version")
    return {PartyId(party): (PolicyId(policy), version) for party, policy, version in rows}


def standings_figures() -> list[dict[str, Any]]:
    """How many parties have which outcome and tier under which policy version; one query."""
    rows = StandingRecord.objects.values("policy__policy", "policy__version", "outcome", "tier")
    counted = rows.annotate(parties=Count("party")).order_by("policy__policy", "policy__version", "outcome", "tier")
    return [
        {
            "policy": f"{row['policy__policy']} {row['policy__version']}",
            "outcome": row["outcome"],
            "tier": row["tier"],
            "parties": row["parties"],
        }
        for row in counted
    ]


def standing_of(party: PartyId) -> Standing | None:
    """The standing of one party, if a policy has been applied to it."""
    record = StandingRecord.objects.filter(pk=party).first()
    return STANDING.validate_python(record.content, where=party) if record else None


def lottery_now() -> LotteryRecord | None:
    """The lottery that was committed last."""
    return LotteryRecord.objects.order_by("-committed_at", "-pk").first()


def lottery_rounds() -> Lottery:
    """All rounds in the order in which they close, with the seeds that are revealed."""
    records = LotteryRecord.objects.order_by("closes_at", "pk")
    return Lottery(
        tuple(Round(one.commitment, one.closes_at, bytes.fromhex(one.seed) if one.seed else None) for one in records)
    )


def overrides_waiting() -> QuerySet[Override]:
    """Overrides that wait for their second person."""
    return Override.objects.filter(approved_at=None, refused_at=None).order_by("requested_at")


def overrides_on(day: datetime) -> int:
    """How many overrides were approved on the UTC day of a moment: what the quota counts."""
    begin = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return Override.objects.filter(approved_at__gte=begin, approved_at__lt=begin + timedelta(days=1)).count()


def overrides_standing() -> dict[PartyId, int]:
    """Approved overrides: party to tier, the newest counts; none whose agreement no event bears."""
    approved = Override.objects.exclude(approved_at=None).order_by("approved_at")
    borne = borne_now()
    return {PartyId(one.party): one.tier for one in approved if not override_fault(one, borne)}


def standing_places(*, tier: int | None = None, outcome: str = "") -> QuerySet[StandingRecord]:
    """Standings in the policy's order, those without a place last; of one tier or outcome if given."""
    records = StandingRecord.objects.order_by(F("order").asc(nulls_last=True), "party")
    if tier is not None:
        records = records.filter(tier=tier)
    return records.filter(outcome=outcome) if outcome else records


def standings_unsettled() -> QuerySet[StandingRecord]:
    """Standings of parties in a tier of whom somebody keeps a seat while a fact is missing, in the policy's order."""
    return standing_places().filter(tier__isnull=False, is_unsettled=True)


def persons_unsettled() -> frozenset[PersonId]:
    """Whoever of them keeps that seat."""
    return frozenset(
        PersonId(one["person"])
        for content in standings_unsettled().values_list("content", flat=True)
        if isinstance(content, dict)
        for one in content.get("members", ())
        if one.get("status") == MemberStatus.UNSETTLED.value
    )


def standings_by_tier() -> list[tuple[int | None, str, int]]:
    """How many parties each tier and outcome holds: (tier, outcome, parties)."""
    rows = StandingRecord.objects.values_list("tier", "outcome").annotate(number=Count("*"))
    return [
        (tier, outcome, number) for tier, outcome, number in rows.order_by(F("tier").asc(nulls_last=True), "outcome")
    ]


def standings_of(parties: Iterable[str]) -> dict[PartyId, StandingRecord]:
    """The standing records of these parties, as far as they have one."""
    return {PartyId(one.party): one for one in StandingRecord.objects.filter(party__in=list(parties))}


def override_by_key(key: int) -> Override:
    """One override.

    Raises:
        NotFoundError: if there is none.
    """
    record = Override.objects.filter(pk=key).first()
    if record is None:
        raise NotFoundError("No override has that number.", advice="Load the page again.")
    return record


def overrides_decided() -> QuerySet[Override]:
    """Overrides that were agreed to or refused, the newest first."""
    return Override.objects.exclude(approved_at=None, refused_at=None).order_by("-requested_at", "-pk")
