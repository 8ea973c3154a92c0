"""Acts of policy: apply, compare, explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from safepassage.apps.ledger.damage import CODE, is_same
from safepassage.apps.ledger.services import event_append
from safepassage.apps.policy.facts import facts_now, trust_now
from safepassage.apps.policy.models import PolicyRecord, StandingRecord
from safepassage.apps.policy.selectors import lottery_rounds, policy_in_force, policy_read
from safepassage.apps.policy.values import STANDING
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.selectors import persons_of
from safepassage.core.errors import NotFoundError, UnreadableError
from safepassage.core.identity import Party
from safepassage.core.ids import PartyId
from safepassage.core.ledger import EventKind
from safepassage.core.policy import (
    Answer,
    Explanation,
    Knowledge,
    MemberStanding,
    MemberStatus,
    Outcome,
    Policy,
    PolicyDiff,
    Promise,
    Standing,
    Standings,
    apply_policy,
    diff_policies,
    explain_standing,
)


def _in_force(now: datetime) -> PolicyRecord:
    record = policy_in_force(now)
    if record is None:
        raise NotFoundError(
            "No policy is in force.",
            advice="Propose one, and let another sign it: `safepassage policy propose FILE`.",
        )
    return record


def standings_preview(
    *, policy: Policy, now: datetime, promises: Mapping[PartyId, Promise] | None = None
) -> Standings:
    """What a policy would give everyone; writes nothing. Cost: loads all persons and parties."""
    facts = facts_now(promises)
    return apply_policy(
        policy, facts.parties, facts.persons, now=now, lottery=lottery_rounds(), knowledge=facts.knowledge
    )


def policy_compare(
    *, before: Policy, after: Policy, now: datetime, promises: Mapping[PartyId, Promise] | None = None
) -> PolicyDiff:
    """Who would fare differently if one policy replaced another; writes nothing."""
    facts = facts_now(promises)
    return diff_policies(
        before,
        after,
        facts.parties,
        facts.persons,
        now=now,
        lottery=lottery_rounds(),
        knowledge=facts.knowledge,
    )


def standing_explain(*, party: Party, now: datetime) -> Explanation:
    """Why a party stands where it stands, in plain words, and what one fact more would change.

    Ages are those of the moment when the policy was applied; `now` counts only where that was not kept. Facts count
    as they were known to be checked then. Cost: reads this party and its persons alone, and the sources.

    Raises:
        NotFoundError: no policy has been applied to the party.
        UnreadableError: a member can't be read.
    """
    record = StandingRecord.objects.filter(pk=party.id).select_related("policy").first()
    if record is None:
        raise NotFoundError("No policy has been applied to this party.", advice="`safepassage policy apply`.")
    persons = persons_of(party)
    if not persons.keys() >= {member.person for member in party.confirmed}:
        raise UnreadableError(
            "Not every member of this party can be read.",
            code=CODE,
            where=party.id,
            advice="Run `safepassage resolve`; `gate check` says what is damaged.",
        )
    return explain_standing(
        policy_read(record.policy),
        party,
        tuple(persons.values()),
        standing=STANDING.validate_python(record.content),
        now=record.given_at or now,
        knowledge=Knowledge(checked=facts_checked(persons, at=record.given_at), trust=trust_now()),
    )


@transaction.atomic
def standings_apply(*, account: str, now: datetime, promises: Mapping[PartyId, Promise] | None = None) -> Standings:
    """Applies the policy in force to every party and keeps the standings with their reasons.

    Raises:
        NotFoundError: no policy is in force.
    """
    record = _in_force(now)
    facts = facts_now(promises)
    standings = apply_policy(
        policy_read(record),
        facts.parties,
        facts.persons,
        now=now,
        lottery=lottery_rounds(),
        knowledge=facts.knowledge,
    )
    silent = {person.id for person in facts.persons if not person.claims and not person.documents}
    before = dict(StandingRecord.objects.values_list("party", "content"))
    StandingRecord.objects.all().delete()
    rows: list[tuple[str | int, ...]] = []
    records: list[StandingRecord] = []
    for standing in standings.standings:
        content = STANDING.dump_python(standing, mode="json")
        records.append(
            StandingRecord(
                party=standing.party,
                policy=record,
                tier=standing.tier,
                rank=standing.rank,
                order=standing.order,
                outcome=standing.outcome,
                content=content,
                is_unsettled=any(member.status is MemberStatus.UNSETTLED for member in standing.members),
                given_at=now,
            )
        )
        if not is_same(before.get(standing.party), content):
            rows += [
                (
                    member.person,
                    standing.party,
                    category_of(member, is_silent=member.person in silent),
                    tier_of(standing, member),
                    standing.rank or 0,
                )
                for member in standing.members
            ]
    StandingRecord.objects.bulk_create(records, batch_size=1000)
    if rows:
        body = {"policy": record.policy, "version": record.pk, "rows": tuple(rows)}
        event_append(kind=EventKind.STANDINGS_GIVEN, body=body, account=account, now=now)
    return standings


def category_of(member: MemberStanding, *, is_silent: bool) -> str:
    """The one category under which a person is counted.

    The first of the policy's that they are surely in; else `dependent` for whoever comes through somebody else;
    else `unknown` where a fact is missing or nothing is known of them; else `none`: surely in none of them.
    """
    if member.category_ids:
        return member.category_ids[0]
    if member.status is MemberStatus.DEPENDENT:
        return "dependent"
    if is_silent or any(finding.answer is Answer.UNKNOWN for finding in member.categories):
        return "unknown"
    return "none"


def tier_of(standing: Standing, member: MemberStanding) -> int:
    """The tier as the ledger writes it: 1 or more, 0 for not eligible, -1 where a fact is missing."""
    if standing.outcome is Outcome.NOT_ELIGIBLE or member.status is MemberStatus.EXCLUDED:
        return 0
    if standing.tier is None or member.status is MemberStatus.PROPOSED:
        return -1
    return standing.tier
