"""What a policy gives: standings with the reasons made at the time, and what else is known of the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from safepassage.core.identity import Person
from safepassage.core.ids import PartyId, PersonId, PolicyId, SourceId
from safepassage.core.people import MARRIED, Need, Relation, needs_known


class Answer(StrEnum):
    """Three values: a missing fact is never guessed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def all_of(answers: Iterable[Answer]) -> Answer:
    """Yes if all are yes, no if any is no, else unknown; yes for none."""
    result = Answer.YES
    for answer in answers:
        if answer is Answer.NO:
            return answer
        if answer is Answer.UNKNOWN:
            result = answer
    return result


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes if any is yes, no if all are no, else unknown; no for none."""
    result = Answer.NO
    for answer in answers:
        if answer is Answer.YES:
            return answer
        if answer is Answer.UNKNOWN:
            result = answer
    return result


class Outcome(StrEnum):
    """What comes out for a party; exactly one."""

    TIER = "tier"
    UNRESOLVED = "unresolved"
    """No tier is sure, at least one is possible: a fact is missing."""
    NOT_ELIGIBLE = "not-eligible"


class ReasonCode(StrEnum):
    """Why; closed, so that reasons can be translated. The fields of each are in docs/policy.md."""

    IN_TIER = "in-tier"
    MAYBE_TIER = "maybe-tier"
    NO_TIER = "no-tier"
    TIER_CONDITION_FAILS = "tier-condition-fails"
    PRINCIPAL = "principal"
    OWN_GROUND = "own-ground"
    DEPENDENT = "dependent"
    MAYBE_DEPENDENT = "maybe-dependent"
    NOT_DEPENDENT = "not-dependent"
    NO_DEPENDENTS_IN_TIER = "no-dependents-in-tier"
    NOT_CONFIRMED = "not-confirmed"
    NOBODY_CONFIRMED = "nobody-confirmed"
    LEAVES_MINOR = "leaves-minor"
    """The rule would move the adults and leave a minor of the party: a person must decide."""
    MINOR_SIGN_OFF = "minor-sign-off"
    """A minor without a confirmed adult: not moved onward without protection sign-off."""
    PROMISE_HONOURED = "promise-honoured"
    PROMISE_NOT_HONOURED = "promise-not-honoured"
    RANKED_BY = "ranked-by"
    LATE_TO_LIST = "late-to-list"
    LOTTERY_PROVISIONAL = "lottery-provisional"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a closed code, a sentence in English, and the values to say it in another language.

    `text` names persons by id only.
    """

    code: ReasonCode
    text: str
    person: PersonId | None = None
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryFinding:
    """Whether a person is in a category, and by which facts ("documents: passport:USA").

    `missing` names the facts that decide it where the answer is unknown.
    """

    category: str
    answer: Answer
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class MemberStatus(StrEnum):
    """What the policy says of one member of a party."""

    PRINCIPAL = "principal"
    OWN_GROUND = "own-ground"
    """In a principal category too."""
    DEPENDENT = "dependent"
    UNSETTLED = "unsettled"
    """Whether they may come hangs on a missing fact: keep the seat, ask, decide before the pass."""
    EXCLUDED = "excluded"
    PROPOSED = "proposed"
    """Not confirmed as a member: takes no seat until someone confirms."""


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member under the policy. `through` is the member on whose ground a dependent comes.

    `relation` is to `through` where set, else to the party's proposed principal.
    """

    person: PersonId
    status: MemberStatus
    categories: tuple[CategoryFinding, ...]
    relation: Relation = Relation.UNKNOWN
    through: PersonId | None = None
    reason: Reason | None = None

    @property
    def category_ids(self) -> tuple[str, ...]:
        """The categories that the member is surely in, in the policy's order."""
        return tuple(finding.category for finding in self.categories if finding.answer is Answer.YES)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a policy version gives one party, with the reasons made at the time.

    `tier`, `rank` (inside the tier, from 1), `order` (over all tiers, from 1) and `draw` are None unless the
    outcome is a tier. `could_be` are better tiers that a missing fact may open. `is_provisional`: the lottery's
    seed is not revealed yet, so the rank may still change.
    """

    party: PartyId
    outcome: Outcome
    tier: int | None
    rank: int | None
    order: int | None
    principal: PersonId | None
    members: tuple[MemberStanding, ...]
    reasons: tuple[Reason, ...]
    policy: PolicyId
    version: str
    digest: str
    reserves: tuple[str, ...] = ()
    could_be: tuple[int, ...] = ()
    is_promise: bool = False
    is_provisional: bool = False
    draw: str | None = None

    def of_status(self, *statuses: MemberStatus) -> tuple[PersonId, ...]:
        """The members with one of the statuses, in the party's order."""
        return tuple(member.person for member in self.members if member.status in statuses)

    @property
    def dependents(self) -> tuple[PersonId, ...]:
        """Who comes through somebody else."""
        return self.of_status(MemberStatus.DEPENDENT)

    @property
    def excluded(self) -> tuple[MemberStanding, ...]:
        """Who may not come, each with the reason."""
        return tuple(member for member in self.members if member.status is MemberStatus.EXCLUDED)

    @property
    def accepted(self) -> tuple[PersonId, ...]:
        """Who may come for sure."""
        return self.of_status(MemberStatus.PRINCIPAL, MemberStatus.OWN_GROUND, MemberStatus.DEPENDENT)

    @property
    def seated(self) -> tuple[PersonId, ...]:
        """Whom a planner keeps seats for: who may come, and who may yet be found to."""
        return self.of_status(
            MemberStatus.PRINCIPAL, MemberStatus.OWN_GROUND, MemberStatus.DEPENDENT, MemberStatus.UNSETTLED
        )


@dataclass(frozen=True, slots=True)
class Standings:
    """All standings under one policy version: eligible parties in total order, then the others by id."""

    policy: PolicyId
    version: str
    digest: str
    at: datetime
    standings: tuple[Standing, ...]
    is_in_force: bool = True
    is_provisional: bool = False

    @property
    def by_party(self) -> dict[PartyId, Standing]:
        """A new mapping from party to standing."""
        return {standing.party: standing for standing in self.standings}


@dataclass(frozen=True, slots=True)
class Promise:
    """A call, booking or pass that a party was given under an earlier version.

    `persons` are those it was given for; empty means every confirmed member.
    """

    tier: int
    policy: PolicyId
    version: str
    at: datetime
    persons: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside the persons themselves; each part may be empty.

    Attributes:
        checked: Facts that a person of ours has checked: by person, code ("citizen", "employed" ...) to found
            true or false. A code that is missing was not checked.
        trust: Trust of each source, 0 unknown .. 4 authority.
        first_known: When each person was first listed with us (aware UTC, our clock).
        draw_of: By whose draw a split-off person goes (`draw_lineage`); missing: by their own.
        promises: Promises given under earlier versions.
    """

    checked: Mapping[PersonId, Mapping[str, bool]] = field(default_factory=dict)
    trust: Mapping[SourceId, int] = field(default_factory=dict)
    first_known: Mapping[PersonId, datetime] = field(default_factory=dict)
    draw_of: Mapping[PersonId, PersonId] = field(default_factory=dict)
    promises: Mapping[PartyId, Promise] = field(default_factory=dict)

    def needs(self, person: Person) -> tuple[Need, ...]:
        """The specific needs of somebody: as their lists state them, but for what one of us checked."""
        return needs_known(person.needs, self.checked.get(person.id, {}))

    def is_married(self, person: Person) -> bool | None:
        """Whether somebody is married: as one of us checked it (`MARRIED`), else as their lists state it."""
        return self.checked.get(person.id, {}).get(MARRIED, person.is_married)
