"""Betters a draft: more people in a tier by exchange, policy order restored, earlier ways for earlier parties."""

from __future__ import annotations

from safepassage.core.ids import PartyId
from safepassage.core.movement.demand import Demand
from safepassage.core.movement.draft import Draft
from safepassage.core.movement.parties import OpenWay, PartyClass, static_block

EXCHANGES_TRIED = 2000
"""Exchanges tried per tier: enough for a few hundred parties left out, and a second at the very most."""


def exchange(draft: Draft, tier: int, budget: int = EXCHANGES_TRIED) -> int:
    """Gets more people of a tier out by moving one placed party of it; says how many more.

    For each party left out, in policy order: a placed party of the same tier makes room for it if that one finds
    another way, or if more people get out. Later tiers must not be placed yet.
    """
    mine = [demand for demand in draft.plannable if demand.tier == tier]
    by_id = {demand.party: demand for demand in mine}
    before = sum(demand.heads for demand in mine if demand.party in draft.placed)
    left = budget
    hopeless: set[PartyClass] = set()
    for demand in mine:
        party_class = draft.classes[demand.party]
        if demand.party in draft.placed or party_class in hopeless:
            continue
        left = _make_room(draft, demand, by_id, left)
        if demand.party not in draft.placed:
            hopeless.add(party_class)
        if left <= 0:
            break
    draft.chooser.reset()
    draft.fill(mine)
    return sum(demand.heads for demand in mine if demand.party in draft.placed) - before


def _make_room(draft: Draft, demand: Demand, others: dict[PartyId, Demand], budget: int) -> int:
    """Tries to get a party in; says what is left of the budget. One way stands for all that lack the same."""
    holders = [
        (party, {resource for resource, _ in draft.placed[party].use}) for party in others if party in draft.placed
    ]
    tried: set[frozenset[int]] = set()
    for open_way in draft.chooser.open_ways(draft.classes[demand.party]):
        short = frozenset(resource for resource, amount in open_way.use if draft.capacities.free[resource] < amount)
        if short in tried:
            continue
        tried.add(short)
        for other, held in holders:
            if not short <= held:
                continue
            budget -= 1
            if _exchange_one(draft, demand, open_way, others[other]) or budget <= 0:
                return budget
    return budget


def _exchange_one(draft: Draft, demand: Demand, open_way: OpenWay, other: Demand) -> bool:
    was = draft.remove(other.party)
    if draft.fits(open_way):
        draft.place(demand.party, open_way)
        elsewhere = draft.chooser.first_free(draft.classes[other.party])
        if elsewhere is not None:
            draft.place(other.party, elsewhere)
            return True
        if demand.heads > other.heads:
            return True
        draft.remove(demand.party)
    draft.place(other.party, was)
    return False


def restore_order(draft: Draft) -> int:
    """Swaps until no party left out could use the place of a later one; says how many swaps that took.

    Later means: of a later tier, or of the same tier and size and a later rank. The earlier party takes the place;
    the later one is placed elsewhere if anything is free. People by tier never get fewer before the tier concerned.
    """
    swaps = 0
    done: set[tuple[int | None, PartyClass]] = set()
    order = draft.plannable
    for demand in order:
        key = (demand.tier, draft.classes[demand.party])
        if demand.party in draft.placed or key in done:
            continue
        if _take_over(draft, demand, [other for other in reversed(order) if other.party in draft.placed]):
            swaps += 1
        else:
            done.add(key)
    draft.chooser.reset()
    return swaps


def _take_over(draft: Draft, demand: Demand, placed: list[Demand]) -> bool:
    """Gives a party the place of the last of `placed`, which come latest first, that it may and can take."""
    party_class = draft.classes[demand.party]
    for other in placed:
        if other.tier is not None and demand.tier is not None and other.tier < demand.tier:
            return False
        if not _comes_later(other, demand):
            continue
        way = draft.placed[other.party].way
        if static_block(draft.finder, party_class, way) is not None:
            continue
        open_way = OpenWay(way, party_class.heads, party_class.cases, party_class.groups)
        was = draft.remove(other.party)
        if draft.fits(open_way):
            draft.place(demand.party, open_way)
            draft.fill([other])
            return True
        draft.place(other.party, was)
    return False


def _comes_later(other: Demand, demand: Demand) -> bool:
    if other.tier is None or demand.tier is None:
        return False
    if other.tier != demand.tier:
        return other.tier > demand.tier
    return other.heads == demand.heads and (other.rank, other.party) > (demand.rank, demand.party)


def advance(draft: Draft) -> None:
    """Gives each free party, in policy order, the earliest way that is free to it now; nobody loses a place."""
    for demand in draft.plannable:
        if demand.party in draft.placed:
            draft.remove(demand.party)
            draft.fill([demand])
