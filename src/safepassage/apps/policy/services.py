"""Acts of policy: apply, compare, explain, the lottery, overrides."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may
from safepassage.apps.accounts.two_people import second_check
from safepassage.apps.ledger.damage import CODE, is_same
from safepassage.apps.ledger.services import acts_in_turn, event_append
from safepassage.apps.policy.facts import facts_now, trust_now
from safepassage.apps.policy.models import LotteryRecord, Override, PolicyRecord, StandingRecord
from safepassage.apps.policy.selectors import lottery_now, lottery_rounds, overrides_on, policy_in_force, policy_read
from safepassage.apps.policy.values import STANDING
from safepassage.apps.registry.checked import facts_checked
from safepassage.apps.registry.selectors import parties_by_id, persons_of
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, UnreadableError
from safepassage.core.identity import Party
from safepassage.core.ids import PartyId, derived_id
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
    Round,
    Standing,
    Standings,
    apply_policy,
    diff_policies,
    explain_standing,
    open_round,
    reveal_seed,
)

OVERRIDES_A_DAY = 20
"""The visible daily quota of decisions against the rule."""
LAST_TIER = 99
"""The highest number that an override may give; 1 is first, and a tier beyond the policy's comes after all of its."""


@transaction.atomic
def lottery_commit(
    *, closes_at: datetime, account: str, now: datetime, seed: bytes | None = None
) -> tuple[LotteryRecord, bytes]:
    """Commits to a seed before the list closes: its hash is published now, the seed is given back to be sealed away.

    Raises:
        ConflictError: a lottery is committed already and not yet revealed.
        ForbiddenError: the list would have closed already.
    """
    acts_in_turn()
    last = lottery_now()
    if last and last.revealed_at is None:
        raise ConflictError("A lottery is committed already.", advice="Reveal it first: `safepassage policy reveal`.")
    if closes_at <= now:
        raise ForbiddenError("The commitment has to be public before the list closes.", advice="Name a later time.")
    seed = seed or secrets.token_bytes(32)
    record = LotteryRecord.objects.create(
        commitment=open_round(seed, closes_at).commitment, committed_at=now, closes_at=closes_at
    )
    policy = _in_force(now)
    body = {"policy": policy.policy, "version": policy.pk, "digest": record.commitment}
    event_append(kind=EventKind.LOTTERY_COMMITTED, body=body, account=account, now=now)
    return record, seed


@transaction.atomic
def lottery_reveal(*, seed: bytes, account: str, now: datetime) -> LotteryRecord:
    """Reveals the committed seed; anyone can check it against the published hash.

    Raises:
        NotFoundError: nothing was committed.
        ForbiddenError: this is not the seed that was committed, or the list has not closed.
        ConflictError: the seed was revealed before.
    """
    acts_in_turn()
    record = lottery_now()
    if record is None:
        raise NotFoundError("No lottery was committed.", advice="`safepassage policy commit` first.")
    if record.revealed_at:
        raise ConflictError("This lottery's seed was revealed already.", advice="Apply the policy again.")
    reveal_seed(Round(record.commitment, record.closes_at), seed, now=now)
    record.seed, record.revealed_at = seed.hex(), now
    record.save(update_fields=["seed", "revealed_at"])
    policy = _in_force(now)
    body = {"policy": policy.policy, "version": policy.pk, "digest": record.commitment}
    event_append(kind=EventKind.LOTTERY_REVEALED, body=body, account=account, now=now)
    return record


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


@transaction.atomic
def override_request(*, party: PartyId, tier: int, reason: str, account: str, now: datetime) -> Override:
    """Asks for a decision against the rule; a second person has to agree before anything changes.

    Raises:
        ForbiddenError: without a reason, into no tier, or the account may not.
        NotFoundError: there is no such party.
    """
    if not reason.strip():
        raise ForbiddenError("An override needs its reason.", advice="Say why the rule does not fit this party.")
    if not 1 <= tier <= LAST_TIER:
        raise ForbiddenError("Into which tier?", advice="Enter the number of a tier, 1 is first.")
    _refuse_unknown([party])
    if not account_may(account, "override.request"):
        raise ForbiddenError("This account may not ask for an override.", where="override.request")
    override = Override.objects.create(
        party=party, tier=tier, reason=reason.strip(), requested_by=account, requested_at=now
    )
    event_append(kind=EventKind.SECOND_ASKED, body=_asked(override), account=account, now=now)
    return override


def _refuse_unknown(parties: Sequence[PartyId]) -> None:
    known = parties_by_id(parties)
    unknown = [party for party in parties if party not in known]
    if unknown:
        raise NotFoundError(
            "No party has that id.", where=" ".join(unknown), advice="`safepassage parties` lists them."
        )


def _asked(override: Override) -> dict[str, str]:
    """How the ledger names what is asked: by the id under which the override is told once it is made."""
    request = derived_id("O", str(override.pk), override.party)
    return {"what": "override", "request": request, "first": override.requested_by}


@transaction.atomic
def override_approve(*, override: Override, account: str, displaced: tuple[PartyId, ...] = (), now: datetime) -> None:
    """The second person agrees.

    Raises:
        ForbiddenError: not a second person (`accounts.two_people`), the day's quota is used up, or the party would
            displace itself.
        NotFoundError: one that is displaced is no party.
        ConflictError: it was decided already.
    """
    displaced = tuple(dict.fromkeys(displaced))
    if override.party in displaced:
        raise ForbiddenError(
            "A party does not displace itself.", where=override.party, advice="Name whom it displaces."
        )
    _refuse_unknown(displaced)
    acts_in_turn()  # the day's quota is counted before it is used: one after the other
    override = Override.objects.select_for_update().get(pk=override.pk)
    second_check(first=override.requested_by, second=account, permission="override.approve")
    if override.approved_at or override.refused_at:
        raise ConflictError("This override was decided already.")
    used = overrides_on(now)
    if used >= OVERRIDES_A_DAY:
        raise ForbiddenError(
            f"The day's quota of {OVERRIDES_A_DAY} overrides is used up.", advice="Ask again tomorrow."
        )
    override.approved_by, override.approved_at, override.displaced = account, now, list(displaced)
    override.save(update_fields=["approved_by", "approved_at", "displaced"])
    body = {
        "override": _asked(override)["request"],
        "requester": override.requested_by,
        "first": override.requested_by,
        "second": account,
        "reason": "stated",
        "quota_left": OVERRIDES_A_DAY - used - 1,
        "tier": override.tier,
        "rows": ((override.party, 0), *((party, 1) for party in displaced)),
    }
    event_append(kind=EventKind.OVERRIDE_MADE, body=body, account=account, now=now)


def override_reasons_forget(*, parties: Iterable[str]) -> None:
    """Takes the words from overrides of these parties, of which somebody was erased; what was decided stays."""
    Override.objects.filter(party__in=list(parties)).exclude(reason="").update(reason="")


@transaction.atomic
def override_refuse(*, override: Override, account: str, now: datetime) -> None:
    """The second person does not agree; nothing changes, and the quota is not touched.

    Whoever asked may take it back by this too.

    Raises:
        ConflictError: it was decided already.
        ForbiddenError: the account may not.
    """
    if not account_may(account, "override.approve"):
        raise ForbiddenError("This account may not decide on overrides.", where="override.approve")
    acts_in_turn()
    override = Override.objects.select_for_update().get(pk=override.pk)
    if override.approved_at or override.refused_at:
        raise ConflictError("This override was decided already.")
    override.approved_by, override.refused_at = account, now
    override.save(update_fields=["approved_by", "refused_at"])
    body = _asked(override) | {"second": account}
    event_append(kind=EventKind.SECOND_REFUSED, body=body, account=account, now=now)
