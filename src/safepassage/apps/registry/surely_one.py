"""Which listings are one person without any doubt left: joined by automatic links, or by a person's judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safepassage.apps.registry.answers import judgements_on
from safepassage.apps.registry.models import LinkRecord, PersonListing
from safepassage.apps.registry.selectors import persons_of_listings
from safepassage.core.identity import JudgementVerdict
from safepassage.core.identity.cluster import Forest
from safepassage.core.ids import ListingId


def surely_one(listings: Iterable[ListingId]) -> list[tuple[ListingId, ListingId]]:
    """Pairs that are surely one person, among these listings and all that stand for the same persons as they do.

    That two listings stand for one person now is not enough: a person of before the answers may be two.
    """
    asked = list(listings)
    persons = set(persons_of_listings(asked).values())
    beside = PersonListing.objects.filter(person__in=persons).values_list("listing", flat=True)
    ids = sorted({*asked, *map(ListingId, beside)})
    links = LinkRecord.objects.filter(is_certain=True, left__in=ids, right__in=ids).values_list("left", "right")
    found = {(ListingId(left), ListingId(right)) for left, right in links}
    for one in reversed(judgements_on(ids)):
        pair = (ListingId(one.left), ListingId(one.right))
        if one.verdict == JudgementVerdict.SAME.value:
            found.add(pair)
        else:
            found.discard(pair)
    return sorted(found)


def households_of_ticks(
    pairs: Sequence[tuple[ListingId, ListingId]], ticked: Sequence[tuple[ListingId, ListingId]]
) -> list[tuple[ListingId, ListingId, str]]:
    """What ticking some pairs says of households: the ticked are of one, each of the others of two.

    The pairs of such a question are the fewest that tie its parties together, so that none follows from others.
    """
    one, two = JudgementVerdict.HOUSEHOLD.value, JudgementVerdict.OTHER_HOUSEHOLD.value
    return [(*pair, one if pair in ticked else two) for pair in pairs]


def verdicts_of_ticks(
    pairs: Sequence[tuple[ListingId, ListingId]], ticked: Sequence[tuple[ListingId, ListingId]]
) -> list[tuple[ListingId, ListingId, str]]:
    """What ticking some pairs of a question says of each: `same` of those, and the others are then different people.

    Of a pair that is not ticked and yet follows from ticked ones (A is B, B is C) nothing is said. No pair is `same`
    that nobody ticked: two who stand for one person now may be the very twins that the answer tells apart.
    """
    links = [*ticked, *surely_one(one for pair in pairs for one in pair)]
    number = {listing: at for at, listing in enumerate(sorted({one for pair in (*pairs, *links) for one in pair}))}
    forest = Forest()
    for left, right in links:
        forest.join(number[left], number[right])
    same = [(*pair, JudgementVerdict.SAME.value) for pair in pairs if pair in ticked]
    return same + [
        (left, right, JudgementVerdict.DIFFERENT.value)
        for left, right in pairs
        if forest.root(number[left]) != forest.root(number[right])
    ]
