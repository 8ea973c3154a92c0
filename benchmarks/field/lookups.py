"""An index of 125,000 people from the identity benchmark's spellings, and questions in spellings it doesn't hold."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.identity.adapter import read_set
from safepassage.core.names import skeleton
from safepassage.core.passes.lookup import LookupPerson, build_lookup, facts_of
from safepassage.core.people import Listing

KEY = bytes(range(32))
MOST_SHOWN = 3
APART = 97
"""So far from a question is the one whose fact it is given to make a question of nobody."""
KINDS = ("document", "phone", "birth-year", "father")


HUSBAND = "father_is_husband"
"""A list that tells the husband as the father: no fact to find by."""


def draw_lookups(files: list[Path], *, people: int, questions: int, seed: int) -> dict[str, Any]:
    """The table as a site tells it, and questions: name, kind, fact, and whose they are.

    Of each person one row is held back: its spelling of the name asks, with a fact that the index has of them (the
    father's name in the held-back spelling, where it tells one). The other rows are indexed. Strangers who mix the
    names and facts of others fill up to `people`. A question is `another` if the index has no such spelling of it, a
    `collision` if more people than are shown have the fact and every key that the question and the person's record
    share (of its name, of the father's), `nameless` if it states no name of the person's own. Beside them stand
    questions of nobody: a name and another's fact.
    """
    rng = np.random.default_rng(seed)
    known: dict[str, list[Listing]] = defaultdict(list)
    husbands: set[str] = set()
    for file in files:
        for row, listing in zip(*read_set(file), strict=True):
            if listing.name:
                known[f"{file.stem}-{row['pid']}"].append(listing)
                if HUSBAND in row["tags"]:
                    husbands.add(f"{file.stem}-{row['pid']}")
    asking: list[tuple[int, Listing, str]] = []
    indexed: list[LookupPerson] = []
    for person, listings in known.items():
        if len(listings) > 1:
            asked = listings.pop()
            known_father = asked.father or next((one.father for one in listings if one.father), "")
            has_father = any(one.father for one in listings) and person not in husbands
            asking.append((len(indexed), asked, known_father if has_father else ""))
        indexed.append(_person(listings, listings))
    own = len(indexed)
    everybody = [one for listings in known.values() for one in listings]
    for name, fact in rng.integers(len(everybody), size=(max(0, people - own), 2)):
        indexed.append(_person([everybody[int(name)]], [everybody[int(fact)]]))
    indexed = indexed[:people]
    chosen = [asking[int(place)] for place in rng.permutation(len(asking)) if asking[int(place)][0] < people]
    drawn = [
        question for place, asked, father in chosen for question in _questions(place, asked, father, indexed[place])
    ]
    drawn = drawn[:questions]
    strangers = [
        {**one, "fact": other["fact"]}
        for one, other in zip(drawn, drawn[APART:], strict=False)
        if one["kind"] == other["kind"] and one["person"] != other["person"]
    ]
    crowds = _Crowds(indexed)
    for one in drawn:
        one["sort"] = crowds.sort_of(one)
    return {"table": _table(indexed), "questions": drawn, "nobody": strangers}


class _Crowds:
    """Who has a name's key, or a fact."""

    def __init__(self, indexed: list[LookupPerson]) -> None:
        self._names: dict[str, set[int]] = defaultdict(set)
        self._facts: dict[tuple[str, str], set[int]] = defaultdict(set)
        for place, one in enumerate(indexed):
            for name in one.names:
                for key in skeleton(name):
                    self._names[key].add(place)
            for fact in facts_of(one):
                self._facts[fact].add(place)

    def sort_of(self, question: dict[str, Any]) -> str:
        keys = skeleton(question["name"])
        if not keys:
            return "nameless"
        place = question["person"]
        values = skeleton(question["fact"]) if question["kind"] == "father" else [question["fact"]]
        shared = [self._names[key] for key in keys if place in self._names[key]]
        told = [self._facts[question["kind"], value] for value in values]
        sets = [*shared, *(who for who in told if place in who)]
        alike = set.intersection(*sets) if shared and len(sets) > len(shared) else set()
        return "collision" if len(alike) > MOST_SHOWN else "asked"


def _person(named: list[Listing], stated: list[Listing]) -> LookupPerson:
    return LookupPerson(
        names=tuple(dict.fromkeys(one.name for one in named)),
        fathers=tuple(dict.fromkeys(one.father for one in stated if one.father)),
        birth=next((one.birth for one in stated if one.birth), None),
        phones=tuple(dict.fromkeys(phone for one in stated for phone in one.phones)),
        documents=tuple(dict.fromkeys(paper.number for one in stated for paper in one.documents)),
    )


def _questions(place: int, asked: Listing, father: str, person: LookupPerson) -> Iterator[dict[str, Any]]:
    years = [span[0].year for span in person.birth.readings] if person.birth else []
    facts = {
        "document": person.documents[0] if person.documents else "",
        "phone": person.phones[0] if person.phones else "",
        "birth-year": str(years[0]) if len(years) == 1 else "",
        "father": father,
    }
    for kind in KINDS:
        if facts[kind]:
            is_another = asked.name.casefold() not in {name.casefold() for name in person.names}
            yield {"person": place, "name": asked.name, "kind": kind, "fact": facts[kind], "is_another": is_another}


def _table(people: list[LookupPerson]) -> dict[str, Any]:
    columns = build_lookup(people, key=KEY)
    return {
        "key": base64.b64encode(KEY).decode(),
        "parties": [{"id": "F-1", "tier": 1, "point": "", "begins": 0, "ends": 0}],
        "persons": [str(place) for place in range(len(people))],
        "party_of": [0] * len(people),
    } | {
        name: base64.b64encode(getattr(columns, name)).decode()
        for name in ("names", "name_marks", "name_counts", "facts", "fact_counts")
    }
