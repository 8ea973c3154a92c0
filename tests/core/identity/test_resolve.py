"""What the matcher makes of invented families."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.core.identity import (
    AlarmCode,
    IdentitySettings,
    JudgementVerdict,
    Resolution,
    ReviewKind,
    resolve,
)
from safepassage.core.people import Relation, Sex
from tests.cast import KARIM_AGAIN, KARIM_TESTANI, LAILA_TESTANI, NOBODY_KNOWN, OMID_TESTANI, born, listing
from tests.core.identity.people import (
    BROTHERS,
    MARJAN,
    SADAF,
    crowd,
    found_in,
    judged,
    one_of,
    passport,
    phoned,
)


def test_no_listings_make_no_persons():
    assert resolve([]).clusters == ()


def test_one_listing_is_one_person():
    assert resolve([NOBODY_KNOWN]).clusters == ((NOBODY_KNOWN.id,),)


def test_every_listing_is_in_exactly_one_cluster():
    people = [*crowd(), KARIM_TESTANI, KARIM_AGAIN]
    found = resolve(people)
    for clusters in (found.clusters, found.certain_clusters):
        assert sorted(x for cluster in clusters for x in cluster) == sorted(x.id for x in people)


def test_two_spellings_with_one_birth_date_and_one_father_are_one_man():
    assert one_of(found_in([KARIM_TESTANI, KARIM_AGAIN]), KARIM_TESTANI, KARIM_AGAIN)


def test_the_same_man_is_found_across_scripts():
    latin = passport(KARIM_TESTANI, "P01234567")
    persian = passport(
        replace(KARIM_AGAIN, name="کریم تستانی", father="غفار", source="S-CHAT"),
        "P01234567",
    )
    found = found_in([latin, persian])
    assert one_of(found, latin, persian)
    assert any(set(cluster) == {latin.id, persian.id} for cluster in found.certain_clusters)


def test_siblings_share_father_phone_and_surname_and_stay_apart():
    there = [phoned(brother, "+93700000001") for brother in BROTHERS]
    here = [replace(brother, id=f"{brother.id}-B", source="S-NGO", group="G-OTHER", birth=None) for brother in there]
    found = found_in([*there, *here])
    assert not any(one_of(found, a, b) for a in there for b in there if a.id != b.id)
    assert not any(one_of(found, a, b) for i, a in enumerate(there) for j, b in enumerate(here) if i != j)


def test_a_family_in_two_lists_meets_member_by_member():
    there = [phoned(brother, "+93700000001") for brother in BROTHERS]
    here = [replace(brother, id=f"{brother.id}-B", source="S-NGO", group="G-OTHER") for brother in there]
    found = found_in([*there, *here])
    assert all(one_of(found, a, b) for a, b in zip(there, here, strict=True))


def test_twins_stay_two():
    other_list = [replace(twin, id=f"{twin.id}-B", source="S-NGO", group="G-TWINS-B") for twin in (SADAF, MARJAN)]
    found = found_in([SADAF, MARJAN, *other_list])
    assert not one_of(found, SADAF, MARJAN)
    assert not one_of(found, SADAF, other_list[1])
    assert one_of(found, SADAF, other_list[0])


def test_a_fixers_phone_links_nobody():
    strangers = [phoned(person, "+93799999999") for person in crowd(40)]
    found = resolve(strangers)
    assert all(len(cluster) == 1 for cluster in found.clusters)


def test_a_shared_phone_alone_never_links_two_people():
    a = phoned(KARIM_TESTANI, "+93700000002")
    b = phoned(listing("WIFE", "Zarmina Probe", source="S-NGO", sex=Sex.FEMALE), "+93700000002")
    assert not one_of(found_in([a, b]), a, b)


def test_a_person_twice_in_one_group_is_a_question_and_no_certain_link():
    again = replace(KARIM_TESTANI, id="L-KARIM-AGAIN-IN-GROUP", name="Kareem Testani")
    found = found_in([KARIM_TESTANI, again, LAILA_TESTANI])
    both = {KARIM_TESTANI.id, again.id}
    assert not any(both <= set(cluster) for cluster in found.certain_clusters)
    questions = [review for review in found.reviews if both <= set(review.listings)]
    assert [review.kind for review in questions] == [ReviewKind.LISTED_TWICE]


def test_a_single_name_without_a_date_is_nobodys_twin():
    other = replace(NOBODY_KNOWN, id="L-NOBODY2", source="S-NGO")
    found = found_in([NOBODY_KNOWN, other])
    assert not any({NOBODY_KNOWN.id, other.id} <= set(cluster) for cluster in found.certain_clusters)


def test_a_wife_named_by_her_husband_only_is_not_her_husband():
    wife = listing("WIFEOF", "wife of Karim Testani", source="S-NGO", group="G-2", relation=Relation.SPOUSE)
    assert not one_of(found_in([KARIM_TESTANI, wife]), KARIM_TESTANI, wife)


def test_grandfather_and_grandson_of_one_name_stay_two():
    old = listing("OLD", "Karim Testani", father="Ghafar", sex=Sex.MALE, birth=born(1931, 4, 4))
    young = replace(old, id="L-YOUNG", source="S-NGO", birth=born(2004, 7, 6))
    assert not one_of(found_in([old, young]), old, young)


def test_two_listings_with_one_id_are_refused():
    with pytest.raises(ValueError, match="one id"):
        resolve([KARIM_TESTANI, KARIM_TESTANI])


class TestJudgements:
    def test_same_joins_what_the_matcher_would_not(self):
        people = [KARIM_TESTANI, OMID_TESTANI, *crowd()]
        found = resolve(people, judgements=[judged(KARIM_TESTANI, OMID_TESTANI, JudgementVerdict.SAME)])
        assert {KARIM_TESTANI.id, OMID_TESTANI.id} in [set(cluster) for cluster in found.certain_clusters]

    def test_different_parts_what_the_matcher_would_join(self):
        people = [KARIM_TESTANI, KARIM_AGAIN, *crowd()]
        found = resolve(people, judgements=[judged(KARIM_TESTANI, KARIM_AGAIN, JudgementVerdict.DIFFERENT)])
        assert not one_of(found, KARIM_TESTANI, KARIM_AGAIN)
        assert not any({KARIM_TESTANI.id, KARIM_AGAIN.id} <= set(review.listings) for review in found.reviews)

    def test_same_is_transitive_and_different_reaches_through_it(self):
        third = replace(KARIM_AGAIN, id="L-KARIM3", source="S-CHAT")
        judgements = [
            judged(KARIM_TESTANI, KARIM_AGAIN, JudgementVerdict.SAME),
            judged(KARIM_AGAIN, third, JudgementVerdict.DIFFERENT),
        ]
        found = resolve([KARIM_TESTANI, KARIM_AGAIN, third, *crowd()], judgements=judgements)
        assert one_of(found, KARIM_TESTANI, KARIM_AGAIN)
        assert not one_of(found, KARIM_TESTANI, third)

    def test_a_circle_of_judgements_raises_an_alarm_and_stays_apart(self):
        third = replace(KARIM_AGAIN, id="L-KARIM3", source="S-CHAT")
        judgements = [
            judged(KARIM_TESTANI, KARIM_AGAIN, JudgementVerdict.SAME, hour=9),
            judged(KARIM_AGAIN, third, JudgementVerdict.SAME, hour=10),
            judged(KARIM_TESTANI, third, JudgementVerdict.DIFFERENT, hour=11),
        ]
        found = resolve([KARIM_TESTANI, KARIM_AGAIN, third, *crowd()], judgements=judgements)
        assert [alarm.code for alarm in found.alarms] == [AlarmCode.JUDGEMENTS_CONTRADICT]
        assert not one_of(found, KARIM_TESTANI, third)
        assert one_of(found, KARIM_TESTANI, KARIM_AGAIN)

    def test_a_judgement_on_a_listing_that_is_gone_is_told_and_never_crashes(self):
        found = resolve(crowd(), judgements=[judged(KARIM_TESTANI, KARIM_AGAIN, JudgementVerdict.SAME)])
        assert [alarm.code for alarm in found.alarms] == [AlarmCode.JUDGED_LISTING_MISSING]

    @pytest.mark.parametrize("verdict", list(JudgementVerdict))
    def test_a_withdrawn_judgement_leaves_no_trace(self, verdict):
        people = [KARIM_TESTANI, KARIM_AGAIN, OMID_TESTANI, *crowd()]
        judgement = judged(KARIM_TESTANI, KARIM_AGAIN, verdict)
        withdrawn = replace(judgement, withdrawn_at=judgement.at, withdrawn_by="adjudicator")
        assert repr(resolve(people, judgements=[withdrawn])) == repr(resolve(people))

    def test_unsure_leaves_the_question_open_at_the_end_of_the_queue(self):
        again = replace(KARIM_TESTANI, id="L-KARIM-AGAIN-IN-GROUP", name="Kareem Testani")
        people = [KARIM_TESTANI, again, LAILA_TESTANI, *crowd()]
        before = _harm(resolve(people), again.id)
        after = _harm(resolve(people, judgements=[judged(KARIM_TESTANI, again, JudgementVerdict.UNSURE)]), again.id)
        assert 0 < after < before / 100

    def test_keep_apart_parts_and_asks_nothing(self):
        people = [KARIM_TESTANI, KARIM_AGAIN, *crowd()]
        found = resolve(people, judgements=[judged(KARIM_TESTANI, KARIM_AGAIN, JudgementVerdict.KEEP_APART)])
        assert not one_of(found, KARIM_TESTANI, KARIM_AGAIN)
        assert not any({KARIM_TESTANI.id, KARIM_AGAIN.id} <= set(review.listings) for review in found.reviews)


def _harm(found: Resolution, listing_id: str) -> float:
    return sum(review.harm for review in found.reviews if listing_id in review.listings)


class TestQueue:
    def test_who_travels_sooner_is_asked_about_first(self):
        again = replace(KARIM_TESTANI, id="L-KARIM-AGAIN-IN-GROUP", name="Kareem Testani")
        people = [KARIM_TESTANI, again, LAILA_TESTANI, *crowd()]
        calm = _harm(resolve(people), again.id)
        soon = _harm(resolve(people, hours_to_travel={again.id: 2.0}), again.id)
        later = _harm(resolve(people, hours_to_travel={again.id: 200.0}), again.id)
        assert soon > later > calm

    def test_the_cap_is_told(self):
        again = replace(KARIM_TESTANI, id="L-KARIM-AGAIN-IN-GROUP", name="Kareem Testani")
        found = resolve([KARIM_TESTANI, again, *crowd()], settings=IdentitySettings(review_cap=0))
        assert found.reviews == ()
        assert found.reviews_beyond_cap >= 1

    def test_the_weights_of_a_link_add_up_to_its_odds(self):
        found = found_in([KARIM_TESTANI, KARIM_AGAIN])
        link = next(x for x in found.links if {x.left, x.right} == {KARIM_TESTANI.id, KARIM_AGAIN.id})
        odds = 2 ** sum(reason.weight for reason in link.evidence)
        assert link.evidence
        assert odds / (1 + odds) == pytest.approx(min(max(link.probability, 1e-7), 1 - 1e-7), abs=0.05)


class TestAlarms:
    def test_two_passports_of_one_country_under_one_person_are_told(self):
        a, b = passport(KARIM_TESTANI, "P01234567"), passport(KARIM_AGAIN, "P98765432")
        found = resolve([a, b, *crowd()], judgements=[judged(a, b, JudgementVerdict.SAME)])
        assert AlarmCode.TWO_VALID_PASSPORTS in {alarm.code for alarm in found.alarms}

    def test_two_sexes_and_births_far_apart_are_told(self):
        found = resolve(
            [KARIM_TESTANI, LAILA_TESTANI, OMID_TESTANI],
            judgements=[
                judged(KARIM_TESTANI, LAILA_TESTANI, JudgementVerdict.SAME),
                judged(KARIM_TESTANI, OMID_TESTANI, JudgementVerdict.SAME),
            ],
        )
        assert {AlarmCode.TWO_SEXES, AlarmCode.BIRTHS_FAR_APART} <= {alarm.code for alarm in found.alarms}


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_the_answer(luck):
    people = [KARIM_TESTANI, KARIM_AGAIN, LAILA_TESTANI, SADAF, MARJAN, *BROTHERS, *crowd(30)]
    shuffled = people[:]
    luck.shuffle(shuffled)
    assert repr(resolve(shuffled)) == repr(resolve(people))


def test_frozen_parameters_weigh_alike():
    people = [KARIM_TESTANI, KARIM_AGAIN, LAILA_TESTANI, *crowd()]
    learnt = resolve(people)
    again = resolve(people, parameters=learnt.parameters)
    assert again.clusters == learnt.clusters
    assert again.parameters.version == learnt.parameters.version


def test_progress_is_told_from_nothing_to_all():
    told: list[float] = []
    resolve(crowd(12), progress=lambda share, _what: told.append(share))
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
