"""Who is in a phone's index of look-ups, and who is not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from safepassage.apps.registry.selectors import parties_of_persons, persons_now
from safepassage.core.passes.lookup import lookup_hash
from tests.apps.gate.scene import joined
from tests.make import EVERYONE, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_a_rover_of_all_points_finds_everybody_in_a_party_by_hashes_alone(operation, now, tmp_path: Path) -> None:
    with_standings(tmp_path, EVERYONE)
    answer = joined(operation, now, role="rover", point="").get("lookup")
    told = answer.json()
    people = persons_now()
    assert sorted(told["persons"]) == sorted(parties_of_persons(people))
    assert len(told["persons"]) == len(told["party_of"]) == len(base64.b64decode(told["name_counts"])) > 0
    assert {one["id"] for one in told["parties"]} == {
        party for ids in parties_of_persons(people).values() for party in ids[:1]
    }
    assert any(one["tier"] for one in told["parties"])
    text = answer.content.decode()
    for person in people.values():
        assert person.name not in text
    key, names = base64.b64decode(told["key"]), base64.b64decode(told["names"])
    assert lookup_hash(key, "name", "KRM") in [names[at : at + 4] for at in range(0, len(names), 4)]


def test_an_access_point_finds_those_with_a_pass_of_its_own_alone(operation, now, tmp_path: Path) -> None:
    with_standings(tmp_path, EVERYONE)
    assert joined(operation, now).get("lookup").json()["persons"] == []
