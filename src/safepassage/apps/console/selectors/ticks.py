"""Which pairs of a question are ticked beforehand as one person: an answer half given, so a careful one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from safepassage.core.identity import EvidenceField, Link
from safepassage.core.ids import ListingId, PersonId

LIKELY = 0.9
"""From this chance on a pair may be ticked beforehand. On the two measured sets 98 and 99 of 100 ticks are right."""
_RIVAL = 3.0
"""Somebody else whose odds are not smaller than by this factor is as likely."""
_NEARLY_ONE = 1 - 1e-6
_ONE_NAME = ("equal", "in-another-order")
_DOCUMENTS = (EvidenceField.PASSPORT, EvidenceField.TAZKIRA)

Sides = tuple[str, str]


class Tick(StrEnum):
    """Why a pair is ticked beforehand, or is not."""

    LIKELY = "likely"
    UNSURE = "unsure"
    TAKEN = "taken"
    """One of the two is likelier one person with somebody else in the question."""
    RIVAL = "rival"
    """One of the two is about as likely one person with somebody else: of two sisters one can't be ticked by luck."""
    ONE_LIST = "one-list"
    """One list names both in different rows: by one name with a document or a day of birth they would be one."""


def ticks_of(
    links: Sequence[Link], person_of: Mapping[ListingId, PersonId], *, of_persons: bool
) -> dict[tuple[ListingId, ListingId], Tick]:
    """What is ticked at first: likely pairs, each person once, so that no two of one family become one.

    All pairs of listings of the same two persons are ticked alike; the likeliest of them decides.

    Args:
        links: The pairs of one question.
        person_of: Whom each listing stands for now; a listing of nobody stands for itself.
        of_persons: Whether one person is asked about; whoever is of one household may stand in one list.
    """
    sides = {link: _sides(link, person_of) for link in links}
    chance: dict[Sides, float] = {}
    for link, pair in sides.items():
        chance[pair] = max(chance.get(pair, 0.0), link.probability)
    in_one_list = {pair for link, pair in sides.items() if of_persons and _stand_in_one_list(link)}
    found = {pair: _tick(pair, chance, is_in_one_list=pair in in_one_list) for pair in chance}
    return {(link.left, link.right): found[pair] for link, pair in sides.items()}


def _tick(pair: Sides, chance: Mapping[Sides, float], *, is_in_one_list: bool) -> Tick:
    rival = max((one for other, one in chance.items() if other != pair and set(other) & set(pair)), default=0.0)
    if chance[pair] < LIKELY:
        return Tick.UNSURE
    if is_in_one_list:
        return Tick.ONE_LIST
    if _odds(rival) > _odds(chance[pair]):
        return Tick.TAKEN
    return Tick.RIVAL if _odds(rival) * _RIVAL >= _odds(chance[pair]) else Tick.LIKELY


def _odds(chance: float) -> float:
    return min(chance, _NEARLY_ONE) / (1 - min(chance, _NEARLY_ONE))


def _stand_in_one_list(link: Link) -> bool:
    level = {one.field: one.level for one in link.evidence}
    is_shown = any(level.get(one) == "equal" for one in _DOCUMENTS) or level.get(EvidenceField.BIRTH) == "same-day"
    is_one_name = (
        level.get(EvidenceField.NAME) in _ONE_NAME
    )  # a father's number is copied onto every child, twins share a day
    return level.get(EvidenceField.LIST, "other-list") != "other-list" and not (is_shown and is_one_name)


def _sides(link: Link, person_of: Mapping[ListingId, PersonId]) -> Sides:
    one, other = sorted(str(person_of.get(listing, listing)) for listing in (link.left, link.right))
    return one, other
