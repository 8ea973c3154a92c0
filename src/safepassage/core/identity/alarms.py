"""Contradictions inside a cluster: facts that one human can't have together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from safepassage.core.identity.values import Alarm, AlarmCode
from safepassage.core.ids import ListingId
from safepassage.core.people import DocumentKind, Listing, Sex

_FAR_DAYS = 1100


def find_alarms(
    clusters: Sequence[tuple[ListingId, ...]], listing_of: Mapping[ListingId, Listing]
) -> tuple[Alarm, ...]:
    """All contradictions, by cluster; listings only, no names."""
    found: list[Alarm] = []
    for cluster in clusters:
        if len(cluster) < 2:
            continue
        members = [listing_of[listing] for listing in cluster]
        if {Sex.FEMALE, Sex.MALE} <= {member.sex for member in members}:
            found.append(
                Alarm(
                    AlarmCode.TWO_SEXES,
                    cluster,
                    "The listings state two sexes.",
                    "Look whether these are two people.",
                )
            )
        if _has_two_passports(members):
            found.append(
                Alarm(
                    AlarmCode.TWO_VALID_PASSPORTS,
                    cluster,
                    "The listings state two different passports of one country, neither expired as far as is told.",
                    "Ask for both passports; a renewed one can be told by its expiry.",
                )
            )
        if _is_far_apart(members):
            found.append(
                Alarm(
                    AlarmCode.BIRTHS_FAR_APART,
                    cluster,
                    "The birth dates lie years apart.",
                    "Look whether these are two of one family, such as a grandfather and a grandson of one name.",
                )
            )
    return tuple(found)


def _has_two_passports(members: Sequence[Listing]) -> bool:
    by_country: dict[str, set[str]] = {}
    for member in members:
        for document in member.documents:
            if document.kind is DocumentKind.PASSPORT and document.number:
                by_country.setdefault(document.country, set()).add(document.number)
    return any(_differ(numbers) for numbers in by_country.values())


def _differ(numbers: set[str]) -> bool:
    """Whether two numbers differ by more than a slip of the pen (two places of equal length)."""
    return any(
        len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) > 2
        for a, b in combinations(sorted(numbers), 2)
    )


def _is_far_apart(members: Sequence[Listing]) -> bool:
    births = [member.birth for member in members if member.birth is not None]
    return any(
        min(max((c - b).days, (a - d).days) for a, b in one.readings for c, d in other.readings) > _FAR_DAYS
        for one, other in combinations(births, 2)
    )
