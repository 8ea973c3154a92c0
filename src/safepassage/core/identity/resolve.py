"""The one call from listings to a resolution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.alarms import find_alarms
from safepassage.core.identity.blocking import Pairs
from safepassage.core.identity.cluster import hold_together, partition
from safepassage.core.identity.compare import is_denied_twice, is_denying
from safepassage.core.identity.explain import evidence_of
from safepassage.core.identity.frozen import freeze
from safepassage.core.identity.given_back import give_back
from safepassage.core.identity.household_links import household_links
from safepassage.core.identity.review import build_reviews, capped
from safepassage.core.identity.sound import is_doubted
from safepassage.core.identity.values import (
    Evidence,
    EvidenceField,
    IdentitySettings,
    Judgement,
    Link,
    LinkGround,
    Parameters,
    Resolution,
    Review,
)
from safepassage.core.identity.weigh import Progress, Run, weigh
from safepassage.core.identity.weights import HOUSEHOLD, SAME
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing
from safepassage.core.uncollected import uncollected

_LIKELY_TWO = 0.3
_OF_DOUBT = 0.1
_DENIED = 0.02
"""What whoever is denied twice counts for at most in clusters; the question about them says what it is."""


def resolve(
    listings: Sequence[Listing],
    *,
    judgements: Sequence[Judgement] = (),
    settings: IdentitySettings = IdentitySettings(),  # noqa: B008 (frozen)
    hours_to_travel: Mapping[ListingId, float] | None = None,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
) -> Resolution:
    """Says which listings are one person, how sure that is, and what a person should look at.

    Args:
        listings: All listings of the operation, in any order; the order never changes the answer.
        judgements: All judgements, withdrawn ones included (they have no effect).
        settings: Costs and caps.
        hours_to_travel: For listings that are booked or called: hours until they move (the queue's order).
        parameters: Frozen weights of an earlier run; learnt from the listings themselves if not given.
        progress: Called with the share done and what is being done.

    Raises:
        ValueError: if two listings have one id.
    """
    tell = progress or (lambda _share, _what: None)
    with uncollected():
        run = weigh(listings, judgements, settings, parameters, tell)
        return decide(run, listings, hours_to_travel or {}, tell)


def decide(
    run: Run, listings: Sequence[Listing], hours_to_travel: Mapping[ListingId, float], tell: Progress
) -> Resolution:
    """Clusters, links and questions from what was weighed."""
    settings = run.settings
    listing_of = {listing.id: listing for listing in listings}
    tell(0.8, "building clusters")
    households = household_links(run)  # before there are clusters and questions: both at once take most memory
    give_back()
    clusters = clusters_of(run)
    certain = certain_parts(run, clusters)
    give_back()
    tell(0.9, "building the review queue")
    likely, joined = _named(run, clusters), _named(run, certain)
    links, open_links = _links(run, certain)
    reviews, beyond = capped(_reviews(run, links, open_links, listings, hours_to_travel), settings.review_cap)
    alarms = run.judged.alarms + find_alarms(joined, listing_of)
    tell(1.0, "done")
    return Resolution(
        clusters=likely,
        certain_clusters=joined,
        links=links,
        reviews=reviews,
        alarms=alarms,
        parameters=freeze(run.weights, run.columns.habits, run.calibration),
        candidate_pairs=len(run.weighed.pairs) + len(run.hopeless),
        reviews_beyond_cap=beyond,
        households=households,
    )


def _named(run: Run, clusters: Sequence[Sequence[int]]) -> tuple[tuple[ListingId, ...], ...]:
    return tuple(tuple(ListingId(run.columns.ids[row]) for row in cluster) for cluster in clusters)


def clusters_of(run: Run) -> list[list[int]]:
    """All rows in clusters, provisional ones included, each sorted, sorted by first row."""
    same = run.weighed.chances[:, SAME]
    unit, pairs = run.columns.unit, run.weighed.pairs
    stands_with = (unit[pairs[:, 0]] == unit[pairs[:, 1]]) & (unit[pairs[:, 0]] >= 0)
    same = np.where(stands_with & (same < run.settings.twice_from), np.float32(0.0), same)
    doubt = run.weighed.chances[:, HOUSEHOLD] > _OF_DOUBT * (1 - run.weighed.chances[:, SAME])
    is_unsure = doubt & (same < run.settings.siblings_from)
    same = np.where(is_unsure, np.minimum(same, np.float32(run.settings.cluster_from - 0.001)), same)
    likely = np.flatnonzero(same > _DENIED)
    same[likely[is_denied_twice(run.weighed.compared.taken(likely))]] = _DENIED
    family = run.weighed.chances[:, HOUSEHOLD] > _LIKELY_TWO
    is_mild = ~is_denying(run.weighed.compared) & ~family
    return partition(
        run.columns.size,
        run.weighed.pairs,
        same,
        run.columns.group,
        threshold=run.settings.cluster_from,
        is_mild=is_mild,
        hopeless=run.hopeless,
        together=run.judged.together,
        apart=run.judged.apart,
    )


def certain_parts(run: Run, clusters: list[list[int]]) -> list[list[int]]:
    """Each cluster as far as certain links and judgements hold it together."""
    home = np.empty(run.columns.size, np.int64)
    for at, cluster in enumerate(clusters):
        home[cluster] = at
    pairs, same = run.weighed.pairs, run.weighed.chances[:, SAME]
    inside = np.flatnonzero(home[pairs[:, 0]] == home[pairs[:, 1]])
    inside = inside[np.argsort(-same[inside], kind="stable")]
    edges = _by_home(home, pairs[inside[run.is_certain[inside]]])
    compared = run.weighed.compared
    doubted = (same < run.settings.doubt_below) | is_doubted(
        compared, run.weighed.family, same >= run.settings.certain_from
    )
    doubts = _by_home(home, pairs[inside[doubted[inside]]])
    judged = _by_home(home, np.array(run.judged.together, np.int64).reshape(-1, 2))
    parts: list[list[int]] = []
    for at, cluster in enumerate(clusters):
        if at in judged or at in edges:
            parts += hold_together(cluster, judged.get(at, ()), edges.get(at, ()), doubts.get(at, ()))
        else:
            parts += [[row] for row in cluster]
    return sorted(parts)


def _by_home(home: npt.NDArray[np.int64], pairs: Pairs) -> dict[int, list[tuple[int, int]]]:
    """Pairs inside one cluster by its number, in their order."""
    found: dict[int, list[tuple[int, int]]] = {}
    of_left = home[pairs[:, 0]]
    inside = np.flatnonzero(of_left == home[pairs[:, 1]])
    for at, (a, b) in zip(of_left[inside].tolist(), pairs[inside].tolist(), strict=True):
        found.setdefault(at, []).append((a, b))
    return found


def _links(run: Run, certain: list[list[int]]) -> tuple[tuple[Link, ...], list[Link]]:
    """All links from `review_from` on, certain ones first, and those among them that are open questions."""
    part_of = np.empty(run.columns.size, np.int64)
    for at, part in enumerate(certain):
        part_of[part] = at
    taken = np.flatnonzero(run.weighed.chances[:, SAME] >= run.settings.review_from)
    taken = taken[np.argsort(-run.weighed.chances[taken, SAME], kind="stable")]
    pairs, chances = run.weighed.pairs[taken], run.weighed.chances[taken]
    reasons: list[tuple[Evidence, ...]] = [()] * len(taken)
    if run.settings.explain_all:
        reasons = evidence_of(run.weights, run.weighed.compared.taken(taken), chances)
    apart, together = set(run.judged.apart), set(run.judged.together)
    certain_links: list[Link] = []
    others: list[Link] = []
    open_links: list[Link] = []
    is_joined = part_of[pairs[:, 0]] == part_of[pairs[:, 1]]
    is_certain = is_joined & run.is_certain[taken]
    ids = run.columns.ids
    columns = (*pairs.T, chances[:, SAME], chances[:, HOUSEHOLD], is_joined, is_certain)
    for a, b, same, household, joins, is_sure, why in zip(*(x.tolist() for x in columns), reasons, strict=True):
        if (a, b) in apart or (a, b) in together:
            continue
        link = Link(ListingId(ids[a]), ListingId(ids[b]), same, household, is_certain=is_sure, evidence=why)
        (certain_links if is_sure else others).append(link)
        if not joins:
            open_links.append(link)
    if together:
        certain_links += [_judged_link(run, a, b) for a, b in sorted(together)]
        certain_links.sort(key=lambda link: (-link.probability, link.left, link.right))
    return (*certain_links, *others), open_links


def _judged_link(run: Run, a: int, b: int) -> Link:
    why = Evidence(EvidenceField.JUDGEMENT, "same", 20.0, "A person says that these are one.")
    left, right = (ListingId(run.columns.ids[row]) for row in (a, b))
    return Link(left, right, 1.0, 0.0, is_certain=True, ground=LinkGround.JUDGEMENT, evidence=(why,))


def _reviews(
    run: Run,
    links: Sequence[Link],
    open_links: list[Link],
    listings: Sequence[Listing],
    hours: Mapping[ListingId, float],
) -> tuple[Review, ...]:
    sizes = Counter(listing.group for listing in listings if listing.group is not None)
    ids = [ListingId(listing) for listing in run.columns.ids]
    unsure = frozenset((ids[a], ids[b]) for a, b in run.judged.unsure)
    hidden = frozenset((ids[a], ids[b]) for a, b in run.judged.hidden)
    certain = [link for link in links if link.is_certain]
    return build_reviews(open_links, certain, {x.id: x for x in listings}, sizes, hours, unsure, hidden)
