"""`python -m benchmarks.identity.households FILE ...`: how often a question about a household is right.

Right is a pair whose two rows are of one family by the answer key, and a question all of whose pairs are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.identity.adapter import read_set
from safepassage.core.identity import (
    IdentitySettings,
    Review,
    ReviewKind,
    assign_persons,
    derive_persons,
    propose_parties,
    resolve,
)
from safepassage.core.ids import OperationId
from safepassage.core.people import Listing

_OPERATION = OperationId("OP-BENCH")
_DAY = date(2021, 8, 20)


def questions_of(listings: Sequence[Listing]) -> list[Review]:
    """Every question about a household that a run over these listings would ask, without a cap."""
    found = resolve(listings, settings=IdentitySettings(explain_all=False))
    assignment = assign_persons(found.clusters, operation=_OPERATION)
    _, questions = propose_parties(
        derive_persons(listings, assignment.person_of),
        listings,
        operation=_OPERATION,
        on=_DAY,
        households=found.households,
        links=found.links,
    )
    return [one for one in questions if one.kind is ReviewKind.SAME_HOUSEHOLD]


def main() -> None:
    """Prints one line for each file."""
    for path in map(Path, sys.argv[1:]):
        rows, listings = read_set(path)
        family = {listing.id: row["fam"] for listing, row in zip(listings, rows, strict=True)}
        source = {listing.id: listing.source for listing in listings}
        questions = questions_of(listings)
        right = sum(all(family[x.left] == family[x.right] for x in one.links) for one in questions)
        pairs = [link for one in questions for link in one.links]
        print(f"{path.name}: {right} of {len(questions)} questions are right")
        for name, wanted in (("in one list", True), ("across lists", False)):
            these = [x for x in pairs if (source[x.left] == source[x.right]) is wanted]
            print(f"  pairs {name}: {sum(family[x.left] == family[x.right] for x in these)} of {len(these)}")


if __name__ == "__main__":
    main()
