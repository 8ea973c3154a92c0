"""What a new policy changes, before it goes live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.identity import Party, Person
from safepassage.core.ids import PartyId
from safepassage.core.policy.evaluate import apply_policy
from safepassage.core.policy.lottery import Lottery
from safepassage.core.policy.standings import Knowledge, MemberStatus, Outcome, Standing
from safepassage.core.policy.values import Policy


class Shift(StrEnum):
    """What happens to a party when the policy changes."""

    IN = "in"
    OUT = "out"
    """Was in a tier, is not eligible now."""
    UP = "up"
    DOWN = "down"
    BECOMES_UNRESOLVED = "becomes-unresolved"
    BECOMES_NOT_ELIGIBLE = "becomes-not-eligible"
    """Was unresolved, is surely not eligible now."""
    SPLITS = "splits"
    """Same tier, but somebody who might come may not come now."""
    GATHERS = "gathers"
    """Same tier, and somebody more may come."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class PartyShift:
    """How one party fares; `why` are sentences of both standings. `left_out` may come before and not after."""

    party: PartyId
    shift: Shift
    before: Standing
    after: Standing
    left_out: tuple[str, ...]
    taken_in: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """The effect of replacing one policy by another on the same people.

    `before` and `after` are (id, version, digest). `shifts` has every party that fares differently (a new place
    inside the same tier apart), by the new order. `matrix` counts (before, after, parties, people), a side
    being "1", "2" ..., "unresolved" or "not-eligible"; people are confirmed members.
    """

    before: tuple[str, str, str]
    after: tuple[str, str, str]
    shifts: tuple[PartyShift, ...]
    matrix: tuple[tuple[str, str, int, int], ...]

    @property
    def parties(self) -> int:
        """All parties that were looked at."""
        return sum(parties for _, _, parties, _ in self.matrix)

    @property
    def people(self) -> int:
        """Their confirmed members."""
        return sum(people for _, _, _, people in self.matrix)

    def count(self, shift: Shift) -> int:
        """How many parties fare so; over all shifts they add up to `parties`."""
        if shift is Shift.SAME:
            return self.parties - len(self.shifts)
        return sum(each.shift is shift for each in self.shifts)


def diff_policies(
    before: Policy,
    after: Policy,
    parties: Sequence[Party],
    persons: Sequence[Person],
    *,
    now: datetime,
    lottery: Lottery,
    knowledge: Knowledge = Knowledge(),  # noqa: B008 (frozen)
) -> PolicyDiff:
    """Who moves up, down, in and out if `after` replaces `before`, and why.

    Both are applied at `now`, in force or not, so that a draft can be tried on today's people.
    """
    old = apply_policy(before, parties, persons, now=now, lottery=lottery, knowledge=knowledge).by_party
    new = apply_policy(after, parties, persons, now=now, lottery=lottery, knowledge=knowledge)
    shifts = [_shift(old[standing.party], standing) for standing in new.standings]
    counts: Counter[tuple[str, str]] = Counter()
    people: Counter[tuple[str, str]] = Counter()
    for each in shifts:
        cell = (_side(each.before), _side(each.after))
        counts[cell] += 1
        people[cell] += sum(member.status is not MemberStatus.PROPOSED for member in each.after.members)
    return PolicyDiff(
        before=(before.id, before.version, before.digest),
        after=(after.id, after.version, after.digest),
        shifts=tuple(each for each in shifts if each.shift is not Shift.SAME),
        matrix=tuple((*cell, counts[cell], people[cell]) for cell in sorted(counts, key=_cell_order)),
    )


def _side(standing: Standing) -> str:
    return str(standing.tier) if standing.tier is not None else standing.outcome.value


def _cell_order(cell: tuple[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple((int(side), "") if side.isdigit() else (1000, side) for side in cell)


def _shift(before: Standing, after: Standing) -> PartyShift:
    left_out = tuple(person for person in before.seated if person not in after.seated)
    taken_in = tuple(person for person in after.seated if person not in before.seated)
    shift = _name(before, after, is_smaller=bool(left_out), is_larger=bool(taken_in))
    why = () if shift is Shift.SAME else _why(before, after, set(left_out) | set(taken_in))
    return PartyShift(after.party, shift, before, after, left_out, taken_in, why)


def _name(before: Standing, after: Standing, *, is_smaller: bool, is_larger: bool) -> Shift:
    if before.outcome is not after.outcome:
        if after.outcome is Outcome.TIER:
            return Shift.IN
        if after.outcome is Outcome.UNRESOLVED:
            return Shift.BECOMES_UNRESOLVED
        return Shift.OUT if before.outcome is Outcome.TIER else Shift.BECOMES_NOT_ELIGIBLE
    if before.tier is not None and after.tier is not None and before.tier != after.tier:
        return Shift.UP if after.tier < before.tier else Shift.DOWN
    if after.outcome is not Outcome.TIER or not (is_smaller or is_larger):
        return Shift.SAME
    return Shift.SPLITS if is_smaller else Shift.GATHERS


def _why(before: Standing, after: Standing, changed: set[str]) -> tuple[str, ...]:
    """The first reasons of each side, then those of the members who are left out or taken in."""
    sentences = [f"Before ({before.version}): {reason.text}" for reason in before.reasons[:2]]
    sentences += [f"After ({after.version}): {reason.text}" for reason in after.reasons[:2]]
    sentences += [member.reason.text for member in after.members if member.person in changed and member.reason]
    return tuple(dict.fromkeys(sentences))
