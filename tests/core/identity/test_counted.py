"""Kin whom one list only counts: they keep a seat, match nobody by themselves, and never double a family."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from safepassage.core.dates import PartialDate
from safepassage.core.identity import (
    Judgement,
    JudgementVerdict,
    Link,
    Party,
    PartyFlag,
    Review,
    assign_persons,
    derive_persons,
    doubt_of_size,
    propose_parties,
    resolve,
)
from safepassage.core.ids import OperationId
from safepassage.core.people import Listing, Relation, Sex
from tests.cast import born, listing
from tests.core.identity.people import crowd, judged

OPERATION = OperationId("OP-TEST")
HEAD = listing(
    "C-HEAD", "Karim Testani", group="G-COUNT", relation=Relation.HEAD, sex=Sex.MALE, birth=born(1980, 1, 2)
)


def counted(number: int, *, group: str = "G-COUNT", source: str = "S-EMBASSY", year: int = 0) -> Listing:
    """A child who is only counted."""
    birth = born(year, 5, 5) if year else None
    child = listing(f"C-KID{number}", "", source=source, group=group, relation=Relation.CHILD, birth=birth)
    return replace(child, is_counted=True)


KIDS = tuple(counted(at) for at in range(3))
NAMED_HEAD = replace(HEAD, id="N-HEAD", source="S-NGO", group="G-NAME")
NAMED = tuple(
    listing(f"N-KID{at}", name, source="S-NGO", group="G-NAME", relation=Relation.CHILD, birth=born(2008 + at, 3, 3))
    for at, name in enumerate(("Ali Testani", "Sara Testani", "Omid Testani"))
)


def proposed(
    *people: Listing,
    judgements: tuple[Judgement, ...] = (),
    confirmed: tuple[tuple[str, str], ...] = (),
    order=(),
    links: tuple[Link, ...] = (),
) -> tuple[tuple[Party, ...], tuple[Review, ...]]:
    """Parties when listings of one name, and what is judged the same, are one person."""
    joined = {one.right: one.left for one in judgements if one.verdict is JudgementVerdict.SAME}
    clusters: dict[str, list[str]] = {}
    for one in people:
        key = joined.get(one.id, one.name or one.id)
        clusters.setdefault(next((x.name or x.id for x in people if x.id == key), key), []).append(one.id)
    assignment = assign_persons(list(clusters.values()), operation=OPERATION)
    persons = derive_persons(people, assignment.person_of)
    hand = [(group, assignment.person_of[one]) for group, one in confirmed]
    return propose_parties(
        persons, people, operation=OPERATION, on=date(2021, 8, 20), judgements=judgements, confirmed=hand,
        batch_order=order, links=links,
    )  # fmt: skip


def seats(parties: tuple[Party, ...]) -> int:
    """Confirmed members of all parties."""
    return sum(member.is_confirmed for party in parties for member in party.members)


def _pairs(questions: tuple[Review, ...]) -> list[set[str]]:
    return [{link.left, link.right} for one in questions for link in one.links]


def test_kin_whom_two_lists_count_and_neither_names_are_asked_about_one_to_one() -> None:
    theirs = [counted(10 + at, group="G-NAME", source="S-NGO") for at in range(2)]
    _, questions = proposed(HEAD, *KIDS, NAMED_HEAD, *theirs)
    (asked,) = questions
    assert asked.question.startswith("Two lists count members")
    assert len(asked.links) == 2
    assert len({one for pair in _pairs(questions) for one in pair}) == 4


@pytest.mark.parametrize("name", ["", "Baby girl", "نوزاد"])
@pytest.mark.parametrize("births", [(None, None), (born(2021, 6, 1), None), (born(2021, 6, 1), born(2021, 7, 1))])
def test_two_unnamed_babies_of_one_family_in_two_lists_are_asked_about(name, births) -> None:
    here, there = (
        listing(f"{key}-BABY", name, source=head.source, group=head.group, relation=Relation.CHILD, birth=birth)
        for key, head, birth in zip("CN", (HEAD, NAMED_HEAD), births, strict=True)
    )
    there = replace(there, name=there.name and f"{name} ")  # else `proposed` joins them by their name
    assert _pairs(proposed(HEAD, here, NAMED_HEAD, there)[1]) == [{here.id, there.id}]


def test_unnamed_children_years_apart_or_of_two_sexes_are_not_asked_about() -> None:
    for changes in ({"birth": born(2012, 1, 1)}, {"sex": Sex.MALE}):
        here = listing("C-BABY", "", group="G-COUNT", relation=Relation.CHILD, sex=Sex.FEMALE, birth=born(2021, 6, 1))
        there = replace(here, id="L-N-BABY", source="S-NGO", group="G-NAME", **changes)
        assert proposed(HEAD, here, NAMED_HEAD, there)[1] == ()


def test_unnamed_babies_are_asked_about_beside_counted_children() -> None:
    here = listing("C-BABY", "", group="G-COUNT", relation=Relation.CHILD, birth=born(2021, 6, 1))
    there = replace(here, id="L-N-BABY", source="S-NGO", group="G-NAME", birth=born(2021, 6, 3))
    _, questions = proposed(HEAD, *KIDS, here, NAMED_HEAD, *NAMED, there)
    assert {here.id, there.id} in _pairs(questions)
    assert len(_pairs(questions)) == 4


def test_counted_kin_take_a_seat_each_and_the_party_says_that_a_name_is_unknown() -> None:
    (party,), questions = proposed(HEAD, *KIDS)
    assert seats((party,)) == 4
    assert PartyFlag.NAME_UNKNOWN in party.flags
    assert not party.principal.is_minor
    assert questions == ()


def test_counted_kin_match_nobody_by_themselves() -> None:
    twin = [replace(one, id=f"{one.id}-B", source="S-NGO", group="G-NAME") for one in KIDS]
    people = [HEAD, *KIDS, NAMED_HEAD, *twin, *NAMED, *crowd()]
    found = resolve(people)
    alone = {one.id for one in people if one.is_counted}
    assert all(len(cluster) == 1 for cluster in found.clusters if alone & set(cluster))
    assert not any({link.left, link.right} & alone for link in found.links)


def test_a_judgement_alone_says_that_a_counted_child_is_a_named_one() -> None:
    found = resolve(
        [HEAD, *KIDS, NAMED_HEAD, *NAMED, *crowd()], judgements=[judged(KIDS[0], NAMED[0], JudgementVerdict.SAME)]
    )
    assert (KIDS[0].id, NAMED[0].id) in found.certain_clusters


def test_a_list_that_names_the_counted_kin_doubles_no_seat_and_is_a_question() -> None:
    (party,), (question,) = proposed(HEAD, *KIDS, NAMED_HEAD, *NAMED)
    assert seats((party,)) == 4
    assert len(question.links) == 3
    assert {listing for link in question.links for listing in (link.left, link.right)} == {
        one.id for one in (*KIDS, *NAMED)
    }


def test_who_confirms_a_named_child_by_hand_takes_the_seat_of_a_counted_one() -> None:
    (party,), _ = proposed(HEAD, *KIDS, NAMED_HEAD, *NAMED, confirmed=(("G-NAME", NAMED[0].id),))
    assert seats((party,)) == 4
    (party,), _ = proposed(HEAD, *KIDS, NAMED_HEAD, *NAMED, confirmed=tuple(("G-NAME", one.id) for one in NAMED))
    assert seats((party,)) == 4
    assert PartyFlag.NAME_UNKNOWN not in party.flags


def test_judged_the_same_the_named_child_has_the_seat_and_no_question_is_left() -> None:
    same = tuple(judged(kid, named, JudgementVerdict.SAME) for kid, named in zip(KIDS, NAMED, strict=True))
    (party,), questions = proposed(HEAD, *KIDS, NAMED_HEAD, *NAMED, judgements=same)
    assert seats((party,)) == len(party.members) == 4
    assert questions == ()


def test_judged_different_both_stand_and_nothing_is_asked_again() -> None:
    apart = tuple(judged(kid, named, JudgementVerdict.DIFFERENT) for kid in KIDS for named in NAMED)
    confirmed = tuple(("G-NAME", one.id) for one in NAMED)
    (party,), questions = proposed(HEAD, *KIDS, NAMED_HEAD, *NAMED, judgements=apart, confirmed=confirmed)
    assert seats((party,)) == 7
    assert questions == ()


def test_children_of_other_ages_are_other_children() -> None:
    old = counted(9, year=1995)
    (party,), questions = proposed(HEAD, old, NAMED_HEAD, *NAMED)
    assert questions == ()
    assert seats((party,)) == 2


def test_counted_kin_whom_a_later_list_adds_take_no_seat() -> None:
    later = tuple(counted(at, group="G-NAME2", source="S-VOLUNTEERS") for at in range(4))
    head = replace(HEAD, id="N-HEAD2", source="S-VOLUNTEERS", group="G-NAME2")
    founding = (NAMED_HEAD, *NAMED)
    (party,), (question,) = proposed(*founding, head, *later)
    assert seats((party,)) in (4, 5)
    assert {one.relation for one in party.members if one.is_confirmed} == {Relation.HEAD, Relation.CHILD}
    assert len(question.links) == 3


def test_a_family_stated_larger_than_its_members_bears_a_doubt_and_takes_no_seat_for_it() -> None:
    (party,), _ = proposed(replace(HEAD, stated_size=6), *[replace(one, group="G-COUNT") for one in NAMED])
    assert (seats((party,)), party.stated_size, party.perhaps_more) == (4, 6, 2)
    assert PartyFlag.MORE_STATED in party.flags
    assert doubt_of_size(party) == "perhaps 2 more (6 stated, 4 named)"


def test_who_is_listed_without_a_name_keeps_a_flagged_seat() -> None:
    """ "FNU", with a birth and a sex: no counted kin, and nobody whose name could be called out."""
    nameless = replace(NAMED[0], id="N-FNU", name="", group="G-COUNT")
    (party,), _ = proposed(HEAD, nameless)
    assert (seats((party,)), party.unnamed) == (2, 1)
    assert PartyFlag.NAME_UNKNOWN in party.flags
    assert doubt_of_size(party) == "1 without a name"


def test_kin_who_are_counted_are_of_those_stated() -> None:
    (party,), _ = proposed(replace(HEAD, stated_size=6), *KIDS)
    assert (seats((party,)), party.unnamed, party.perhaps_more) == (4, 3, 2)
    assert doubt_of_size(party) == "3 without a name; perhaps 2 more (6 stated, 1 named)"
    (whole,), _ = proposed(replace(HEAD, stated_size=4), *KIDS)
    assert PartyFlag.MORE_STATED not in whole.flags
    assert doubt_of_size(whole) == "3 without a name"


def test_kin_elsewhere_are_nobody_more_and_a_smaller_figure_is_no_doubt() -> None:
    family = [replace(one, group="G-COUNT") for one in NAMED]
    for size, elsewhere in ((6, 2), (4, 2), (3, 0), (0, 0)):
        (party,), _ = proposed(replace(HEAD, stated_size=size, kin_elsewhere=elsewhere), *family)
        assert (party.perhaps_more, doubt_of_size(party)) == (0, "")


def test_one_listed_alone_with_a_family_size_is_asked_about() -> None:
    (party,), _ = proposed(replace(HEAD, group=None, stated_size=6))
    assert (seats((party,)), party.perhaps_more, party.flags) == (1, 5, (PartyFlag.MORE_STATED,))


def family_with(
    key: str, source: str, birth: PartialDate | None, *, relation: Relation = Relation.CHILD, name: str = ""
) -> tuple[Listing, Listing]:
    """A head whom both lists name, and somebody who is without a name unless one is given."""
    other = listing(f"{key}-X", name, source=source, group=f"G-{key}", relation=relation, sex=Sex.FEMALE, birth=birth)
    return replace(HEAD, id=f"{key}-HEAD", source=source, group=f"G-{key}"), other


DAY = born(2021, 6, 14)


@pytest.mark.parametrize(
    ("birth", "relation", "name"),
    [
        (DAY, Relation.CHILD, ""),
        (DAY, Relation.CHILD, "Sadaf Testani"),
        (DAY, Relation.UNKNOWN, ""),
        (None, Relation.SPOUSE, "Laila Testani"),
    ],
)
def test_whom_one_list_leaves_without_a_name_is_asked_about_and_takes_one_seat(
    birth: PartialDate, relation: Relation, name: str
) -> None:
    one, other = (
        family_with("A", "S-EMBASSY", birth, relation=relation),
        family_with("B", "S-NGO", birth, relation=relation, name=name),
    )
    (party,), (question,) = proposed(*one, *other)
    assert set(question.listings) == {one[1].id, other[1].id}
    assert seats((party,)) == 2
    apart = judged(one[1], other[1], JudgementVerdict.DIFFERENT)
    assert proposed(*one, *other, judgements=(apart,))[1] == ()


@pytest.mark.parametrize(
    ("birth", "relation"),
    [(born(2019, 6, 14), Relation.CHILD), (None, Relation.SIBLING), (born(2021, 6, 14), Relation.SIBLING)],
)
def test_who_is_without_a_name_and_told_to_be_another_is_not_asked_about(
    birth: PartialDate | None, relation: Relation
) -> None:
    one, other = family_with("A", "S-EMBASSY", DAY), family_with("B", "S-NGO", birth, relation=relation)
    assert proposed(*one, *other)[1] == ()


def test_what_the_matcher_asks_about_is_not_asked_twice() -> None:
    one, other = family_with("A", "S-EMBASSY", DAY), family_with("B", "S-NGO", DAY)
    asked = Link(min(one[1].id, other[1].id), max(one[1].id, other[1].id), 0.6)
    assert proposed(*one, *other, links=(asked,))[1] == ()
