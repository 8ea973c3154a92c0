"""One new listing, or a list group, against a million that are kept ready, under one frozen version of the weights.

The same keys, comparison, weights and family pass as in a batch, on an excerpt: who arrives, whoever shares a key
with them, and with whom those stand together. What it says is for the desk that takes the listing in; the next run
over all listings says it for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safepassage.core.identity.block_index import BlockIndex
from safepassage.core.identity.calibrate import settled
from safepassage.core.identity.compare import Comparer
from safepassage.core.identity.excerpt import Portions, excerpt
from safepassage.core.identity.explain import evidence_of
from safepassage.core.identity.family import Weighed, families_in, family_pass
from safepassage.core.identity.features import Columns, columns_of
from safepassage.core.identity.frozen import thaw
from safepassage.core.identity.rarity import rarity_of
from safepassage.core.identity.values import Evidence, IdentitySettings, Parameters
from safepassage.core.identity.weigh import HOPELESS, pairs_of
from safepassage.core.identity.weights import HOUSEHOLD, SAME
from safepassage.core.ids import ListingId
from safepassage.core.people import Listing

_WORTH_MATES = 0.005
"""From this chance on, those who stand with a candidate are looked at too."""
_MOST_MATES = 30

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Partner:
    """A listing at hand that somebody who arrives may be: the chances of one person, and of two of one household."""

    arrival: ListingId
    other: ListingId
    probability: float
    household: float
    evidence: tuple[Evidence, ...] = ()
    """Why, if it was asked for."""


class Standing:
    """Listings kept ready: their columns, the index of their blocks, and who stands together."""

    def __init__(
        self,
        columns: Columns,
        parameters: Parameters,
        settings: IdentitySettings = IdentitySettings(),  # noqa: B008
    ) -> None:
        if parameters.habits is None:
            raise ValueError("weights without habits are no version to weigh arrivals by: learn one first")
        self._habits, self._weights, self._settings = parameters.habits, thaw(parameters), settings
        self._calibration = parameters.calibration
        self._portions = Portions(columns)
        self._index = BlockIndex(self._portions, settings.block_cap)
        self._phones: dict[str, int] = {}
        self._phone_groups = rarity_of(columns).phone_groups
        self._stands = [_Stands(columns)]

    @property
    def size(self) -> int:
        """How many listings are kept."""
        return self._portions.size

    def add(self, listings: Sequence[Listing]) -> None:
        """Keeps further listings ready; the members of a list group come at once, else they do not stand together."""
        if not listings:
            return
        part = columns_of(listings, self._habits)
        self._index.add(part, self._portions.add(part))
        self._stands.append(_Stands(part))
        units = np.where(part.unit >= 0, part.unit, -1 - np.arange(part.size)).tolist()
        for slot in range(part.phone.shape[1]):
            for number, _unit in sorted(set(zip(part.phone[:, slot].tolist(), units, strict=True))):
                if text := part.phones.texts[number]:
                    self._phones[text] = self._phones.get(text, 0) + 1

    def partners(self, listings: Sequence[Listing], *, explained_from: float = 1.0) -> list[Partner]:
        """Whom those who arrive (one listing, or a list group) may be, the likeliest first.

        Those that are likelier than `explained_from` come with the reasons.
        """
        arrived = columns_of(listings, self._habits)
        mine, theirs = self._index.sharing(arrived)
        rows = np.unique(theirs)
        alone = self._alone(arrived, rows, mine, np.searchsorted(rows, theirs))
        if not (alone.chances[:, SAME] > _WORTH_MATES).any():
            return []  # nobody is alike enough for a family to speak for them
        likely = alone.pairs[alone.chances[:, SAME] > _WORTH_MATES, 0]
        seen = alone.pairs[alone.pairs[:, 0] < len(rows), 0]
        kept = np.union1d(rows[np.unique(seen)], self._with_mates(rows[np.unique(likely[likely < len(rows)])]))
        comparer = self._comparer(arrived, kept)
        place = np.concatenate((np.searchsorted(kept, rows), len(kept) + np.arange(arrived.size)))
        weighed = Weighed(place[alone.pairs], alone.compared, alone.chances, alone.family)
        families: Rows | None = None
        for _ in range(self._settings.family_rounds):
            before, families = families, families_in(comparer.columns.unit, weighed)
            if before is not None and np.array_equal(before, families):
                break  # another pass finds the same
            weighed, _weights = family_pass(comparer, self._weights, weighed, is_learning=False)
        return self._told(comparer.columns, weighed, len(kept), explained_from)

    def _alone(self, arrived: Columns, rows: Rows, mine: Rows, theirs: Rows) -> Weighed:
        """Those who arrive with who shares a key, and among themselves, by their own facts; the hopeless left out.

        Rows are of the excerpt: those kept, in their order, then those who arrive.
        """
        kept, n = len(rows), len(rows) + arrived.size
        a, b = np.triu_indices(arrived.size, k=1)
        codes = np.sort(np.concatenate((theirs * n + kept + mine, (kept + a) * n + kept + b)))
        pairs = pairs_of(codes, n)
        compared = self._comparer(arrived, rows).compare(pairs)
        chances = self._weights.posteriors(compared)
        at = np.flatnonzero(chances[:, SAME] > HOPELESS)
        return Weighed(pairs[at], compared.taken(at), chances[at], np.zeros(len(at), np.float32))

    def _comparer(self, arrived: Columns, rows: Rows) -> Comparer:
        """Compares these rows and those who arrive, by how many groups of all listings share a phone."""
        columns = excerpt([*self._portions.of(rows), (arrived, np.arange(arrived.size))])
        rarity = rarity_of(columns)
        base = self._portions.parts[0].phones.numbers
        for text in arrived.phones.texts[1:]:  # nobody is compared by another phone
            number = columns.phones.numbers[text]
            known = int(self._phone_groups[base[text]]) if text in base else 0
            rarity.phone_groups[number] = max(rarity.phone_groups[number], known + self._phones.get(text, 0) + 1)
        return Comparer(columns, rarity)

    def _with_mates(self, rows: Rows) -> Rows:
        """These rows and those who stand with them in their list."""
        part = np.searchsorted(self._portions.starts, rows, side="right") - 1
        found = [rows]
        for at in np.unique(part).tolist():
            start = self._portions.starts[at]
            found += [mates + start for mates in self._stands[at].with_rows(rows[part == at] - start)]
        return np.unique(np.concatenate(found))

    def _told(self, columns: Columns, weighed: Weighed, kept: int, explained_from: float) -> list[Partner]:
        chances = settled(weighed, self._calibration, self._settings)[0].chances
        is_told = (weighed.pairs[:, 0] < kept) & (weighed.pairs[:, 1] >= kept) & (chances[:, SAME] > HOPELESS)
        at = np.flatnonzero(is_told)
        at = at[np.argsort(-chances[at, SAME], kind="stable")]
        why = at[chances[at, SAME] > explained_from]  # the first of them
        reasons = evidence_of(self._weights, weighed.compared.taken(why), chances[why]) if len(why) else []
        reasons += [()] * (len(at) - len(why))
        told = zip(weighed.pairs[at].tolist(), chances[at].tolist(), reasons, strict=True)
        return [
            Partner(ListingId(columns.ids[b]), ListingId(columns.ids[a]), chance[SAME], chance[HOUSEHOLD], reason)
            for (a, b), chance, reason in told
        ]


class _Stands:
    """Who stands together among the listings of one portion."""

    def __init__(self, columns: Columns) -> None:
        self._of = columns.unit
        self._rows = np.argsort(columns.unit, kind="stable")
        self._units = columns.unit[self._rows]

    def with_rows(self, rows: Rows) -> Iterator[Rows]:
        """For each group or implied household of these rows those who stand in it, some if there are very many."""
        units = np.unique(self._of[rows])
        units = units[units >= 0]  # of the kind that is searched, else all that is searched would be turned into it
        low, high = (np.searchsorted(self._units, units, side=side) for side in ("left", "right"))
        for begin, end in zip(low.tolist(), np.minimum(high, low + _MOST_MATES).tolist(), strict=True):
            yield self._rows[begin:end]
