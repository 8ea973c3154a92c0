"""An index of 125,000 people from the identity benchmark's spellings, and questions in spellings it doesn't hold."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.identity.adapter import read_set
from safepassage.core.passes.lookup import LookupPerson, build_lookup
from safepassage.core.people import Listing

KEY = bytes(range(32))
KINDS = ("document", "phone", "birth-year", "father")


def draw_lookups(files: list[Path], *, people: int, questions: int, seed: int) -> dict[str, Any]:
    """The table as a site tells it, and questions: name, kind, fact, and whose they are.

    Of each person one row is held back: its spelling of the name asks, with a fact that the index has of them (the
    father's name in the held-back spelling, where it tells one). The other rows are indexed. Strangers who mix the
    names and facts of others fill up to `people`.
    """
    rng = np.random.default_rng(seed)
    known: dict[str, list[Listing]] = defaultdict(list)
    for file in files:
        for row, listing in zip(*read_set(file), strict=True):
            if listing.name:
                known[f"{file.stem}-{row['pid']}"].append(listing)
    asking: list[tuple[int, Listing, list[Listing]]] = []
    indexed: list[LookupPerson] = []
    for listings in known.values():
        if len(listings) > 1:
            asking.append((len(indexed), listings.pop(), listings))
        indexed.append(_person(listings, listings))
    own = len(indexed)
    everybody = [one for listings in known.values() for one in listings]
    for name, fact in rng.integers(len(everybody), size=(max(0, people - own), 2)):
        indexed.append(_person([everybody[int(name)]], [everybody[int(fact)]]))
    chosen = [asking[int(place)] for place in rng.permutation(len(asking))]
    drawn = [question for place, asked, listings in chosen for question in _questions(place, asked, listings)]
    return {
        "table": _table(indexed[:people]),
        "questions": [one for one in drawn if one["person"] < people][:questions],
    }


def _person(named: list[Listing], stated: list[Listing]) -> LookupPerson:
    return LookupPerson(
        names=tuple(dict.fromkeys(one.name for one in named)),
        fathers=tuple(dict.fromkeys(one.father for one in stated if one.father)),
        birth=next((one.birth for one in stated if one.birth), None),
        phones=tuple(dict.fromkeys(phone for one in stated for phone in one.phones)),
        documents=tuple(dict.fromkeys(paper.number for one in stated for paper in one.documents)),
    )


def _questions(place: int, asked: Listing, indexed: list[Listing]) -> Iterator[dict[str, Any]]:
    person = _person(indexed, indexed)
    years = [span[0].year for span in person.birth.readings] if person.birth else []
    facts = {
        "document": person.documents[0] if person.documents else "",
        "phone": person.phones[0] if person.phones else "",
        "birth-year": str(years[0]) if len(years) == 1 else "",
        "father": (asked.father or person.fathers[0]) if person.fathers else "",
    }
    for kind in KINDS:
        if facts[kind]:
            yield {"person": place, "name": asked.name, "kind": kind, "fact": facts[kind]}


def _table(people: list[LookupPerson]) -> dict[str, Any]:
    columns = build_lookup(people, key=KEY)
    return {
        "key": base64.b64encode(KEY).decode(),
        "parties": [{"id": "F-1", "tier": 1, "point": "", "begins": 0, "ends": 0}],
        "persons": [str(place) for place in range(len(people))],
        "party_of": [0] * len(people),
    } | {
        name: base64.b64encode(getattr(columns, name)).decode()
        for name in ("names", "name_counts", "facts", "fact_counts")
    }
