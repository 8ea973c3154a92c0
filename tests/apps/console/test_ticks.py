"""What is ticked beforehand in a question: a careful answer, half given."""

from __future__ import annotations

from safepassage.apps.console.selectors.ticks import Tick, ticks_of
from safepassage.core.identity import Evidence, EvidenceField, Link
from safepassage.core.ids import ListingId


def link(left: str, right: str, chance: float, **levels: str) -> Link:
    evidence = tuple(Evidence(EvidenceField(field), level, 1.0, "In words.") for field, level in levels.items())
    return Link(ListingId(left), ListingId(right), chance, 0.0, is_certain=False, evidence=evidence)


def ticks(*links: Link, of_persons: bool = True) -> list[Tick]:
    found = ticks_of(links, {}, of_persons=of_persons)
    return [found[one.left, one.right] for one in links]


def test_a_likely_pair_is_ticked_and_an_unlikely_one_is_not():
    assert ticks(link("L-1", "L-2", 0.97), link("L-3", "L-4", 0.6)) == [Tick.LIKELY, Tick.UNSURE]


def test_of_five_of_one_name_nobody_is_ticked_by_luck():
    names = ["L-1", "L-2", "L-3", "L-4", "L-5"]
    links = [link(a, b, 0.97) for at, a in enumerate(names) for b in names[at + 1 :]]
    assert set(ticks(*links)) == {Tick.RIVAL}


def test_whoever_is_much_likelier_is_ticked_and_the_other_told_as_taken():
    assert ticks(link("L-1", "L-2", 0.99), link("L-1", "L-3", 0.92)) == [Tick.LIKELY, Tick.TAKEN]
    assert ticks(link("L-1", "L-2", 0.94), link("L-1", "L-3", 0.92)) == [Tick.RIVAL, Tick.TAKEN]


def test_two_rows_of_one_list_are_ticked_only_where_one_name_stands_with_a_document_or_a_day_of_birth():
    bare = link("L-1", "L-2", 0.98, list="same-list", name="equal", birth="can-be-the-same")
    shown = link("L-3", "L-4", 0.98, list="same-list", name="equal", passport="equal")
    day = link("L-5", "L-6", 0.98, list="same-list", name="in-another-order", birth="same-day")
    assert ticks(bare, shown, day) == [Tick.ONE_LIST, Tick.LIKELY, Tick.LIKELY]


def test_children_under_their_fathers_number_and_twins_are_not_ticked_beforehand():
    copied = link("L-1", "L-2", 0.95, list="same-group", name="a-little-alike", tazkira="equal")
    twins = link("L-3", "L-4", 0.95, list="same-group", name="sound-alike", birth="same-day")
    assert ticks(copied, twins) == [Tick.ONE_LIST, Tick.ONE_LIST]


def test_of_one_household_are_often_rows_of_one_list():
    assert ticks(link("L-1", "L-2", 0.98, list="same-list"), of_persons=False) == [Tick.LIKELY]


def test_listings_of_the_same_two_persons_are_ticked_alike():
    person_of = {ListingId("L-1"): "P-A", ListingId("L-2"): "P-A", ListingId("L-3"): "P-B"}
    links = [link("L-1", "L-3", 0.95), link("L-2", "L-3", 0.3)]
    assert set(ticks_of(links, person_of, of_persons=True).values()) == {Tick.LIKELY}  # type: ignore[arg-type]
