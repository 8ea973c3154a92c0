"""Pairs that are likely two of one household though no list names both together."""

from __future__ import annotations

from dataclasses import replace

from safepassage.core.identity import resolve
from tests.core.identity.people import crowd, phoned
from tests.core.identity.test_households import FAMILY, KARIM, PHONE, TORN


def test_a_rare_phone_makes_them_likely_one_household_and_no_one_person():
    found = resolve([*TORN, *crowd()])
    links = [one for one in found.households if KARIM.id in {one.left, one.right}]
    assert len(links) == len(FAMILY)
    assert all(one.household > 100 * one.probability for one in links)
    assert all(one.left < one.right for one in links)


def test_who_stands_in_one_group_is_no_question():
    assert resolve([*FAMILY, *crowd()]).households == ()


def test_another_phone_or_none_makes_no_link():
    for other in ((), ("+93700000077",)):
        assert resolve([replace(KARIM, phones=other), *FAMILY, *crowd()]).households == ()


def test_a_second_phone_counts_as_the_first():
    found = resolve([replace(KARIM, phones=("+93700000077", PHONE)), *FAMILY, *crowd()])
    assert len(found.households) == len(FAMILY)


def test_nobody_and_one_are_no_pair():
    assert resolve([]).households == ()
    assert resolve([phoned(KARIM, PHONE)]).households == ()
