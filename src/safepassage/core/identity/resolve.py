"""The one call from listings to a resolution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from safepassage.core.identity.values import IdentitySettings, Judgement, Parameters, Resolution
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing


def resolve(
    listings: Sequence[Listing],
    *,
    judgements: Sequence[Judgement] = (),
    settings: IdentitySettings = IdentitySettings(),  # noqa: B008 (frozen)
    hours_to_travel: Mapping[ListingId, float] | None = None,
    parameters: Parameters | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Resolution:
    """Says which listings are one person, how sure that is, and what a person should look at.

    Args:
        listings: All listings of the operation, in any order; the order never changes the answer.
        judgements: All judgements, withdrawn ones included (they have no effect).
        settings: Costs and caps.
        hours_to_travel: For listings that are booked or called: hours until they move (the queue's order).
        parameters: Frozen weights of an earlier run; learnt from the listings themselves if not given.
        progress: Called with the share done and what is being done.
    """
    raise NotImplementedError
