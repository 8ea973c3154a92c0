"""What a policy gives a party, read as sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cast import born
from safepassage.core.dates import PartialDate, Precision
from safepassage.core.errors import NotFoundError
from safepassage.core.identity import Party
from safepassage.core.ids import PolicyId
from safepassage.core.people import Document, DocumentKind, Need, Relation
from safepassage.core.policy import Knowledge, MemberStatus, Outcome, Promise, ReasonCode, apply_policy
from tests.core.policy.people import LOTTERY, NOW, PASSPORT, member, party, person, small_policy, stand, year

POLICY = small_policy()
CITIZEN = person("CITIZEN", documents=(PASSPORT,))
APPLICANT = person("APPLICANT", claims=("siv",))
NOBODY = person("NOBODY")


def status_of(standing, who):
    return next(each.status for each in standing.members if each.person == who.id)


def reason_of(standing, who):
    return next(each.reason for each in standing.members if each.person == who.id)


def codes(standing):
    return [reason.code for reason in standing.reasons]


def test_a_passport_of_the_state_gives_the_first_tier_and_says_so():
    standing = stand(POLICY, party("A", CITIZEN), CITIZEN)
    assert (standing.outcome, standing.tier, standing.rank, standing.order) == (Outcome.TIER, 1, 1, 1)
    assert standing.principal == CITIZEN.id
    assert "P-CITIZEN is the principal: category citizen, by documents: passport:USA." in [
        reason.text for reason in standing.reasons
    ]
    assert (standing.policy, standing.version, standing.digest) == ("test", "1", POLICY.digest)


def test_a_party_without_any_ground_is_not_eligible_and_keeps_a_reason():
    standing = stand(POLICY, party("A", NOBODY), NOBODY)
    assert (standing.outcome, standing.tier, standing.rank, standing.order) == (
        Outcome.NOT_ELIGIBLE,
        None,
        None,
        None,
    )
    assert ReasonCode.NO_TIER in codes(standing)


def test_a_refuted_claim_gives_no_ground():
    knowledge = Knowledge(checked={APPLICANT.id: {"siv": False}})
    assert stand(POLICY, party("A", APPLICANT), APPLICANT).tier == 2
    assert stand(POLICY, party("A", APPLICANT), APPLICANT, knowledge=knowledge).outcome is Outcome.NOT_ELIGIBLE


def test_a_checked_fact_gives_a_ground_without_any_paper():
    knowledge = Knowledge(checked={NOBODY.id: {"citizen": True}})
    assert stand(POLICY, party("A", NOBODY), NOBODY, knowledge=knowledge).tier == 1


def test_a_missing_birth_date_is_unresolved_and_never_not_eligible():
    old_perhaps = person("OLD", birth=None)
    standing = stand(POLICY, party("A", old_perhaps), old_perhaps)
    assert standing.outcome is Outcome.UNRESOLVED
    assert standing.could_be == (2,)
    assert "it hangs on: age of P-OLD" in standing.reasons[0].text


@pytest.mark.parametrize(
    ("birth", "outcome"),
    [
        (year(1960), Outcome.TIER),
        (year(1961), Outcome.UNRESOLVED),
        (year(1962), Outcome.NOT_ELIGIBLE),
        (PartialDate(((date(1961, 1, 1), date(1961, 1, 1)),), Precision.DAY, is_weak=True), Outcome.UNRESOLVED),
        (born(1961, 1, 1), Outcome.TIER),
    ],
)
def test_a_birth_year_is_enough_where_every_day_of_it_gives_the_same_answer(birth, outcome):
    someone = person("OLD", birth=birth)
    assert stand(POLICY, party("A", someone), someone).outcome is outcome


def test_a_sure_lower_tier_holds_while_a_better_one_is_told_as_possible():
    applicant = replace(APPLICANT, documents=(Document(DocumentKind.PASSPORT, "X2"),))
    standing = stand(POLICY, party("A", applicant), applicant)
    assert standing.tier == 2
    assert standing.could_be == (1,)
    assert ReasonCode.MAYBE_TIER in codes(standing)


def test_a_passport_of_another_state_is_no_maybe():
    foreign = person("FOREIGN", documents=(Document(DocumentKind.PASSPORT, "X2", "AFG"),))
    assert stand(POLICY, party("A", foreign), foreign).outcome is Outcome.NOT_ELIGIBLE


def test_the_condition_of_a_tier_can_close_it():
    policy = small_policy(("heads <= 8", "heads <= 1"))
    one = party("A", APPLICANT, (NOBODY, Relation.SPOUSE))
    standing = stand(policy, one, APPLICANT, NOBODY)
    assert standing.outcome is Outcome.NOT_ELIGIBLE
    assert ReasonCode.TIER_CONDITION_FAILS in codes(standing)


class TestDependents:
    SPOUSE = person("SPOUSE")
    CHILD = person("CHILD", birth=born(2010, 3, 1), is_married=False)

    def test_spouse_and_child_come_through_the_principal(self):
        one = party("A", CITIZEN, (self.SPOUSE, Relation.SPOUSE), (self.CHILD, Relation.CHILD))
        standing = stand(POLICY, one, CITIZEN, self.SPOUSE, self.CHILD)
        assert standing.dependents == (self.SPOUSE.id, self.CHILD.id)
        assert reason_of(standing, self.CHILD).text == (
            "P-CHILD may come as the child of P-CITIZEN (rule immediate-family)."
        )

    def test_a_cousin_is_left_out_with_the_reason(self):
        one = party("A", CITIZEN, (self.SPOUSE, Relation.COUSIN))
        standing = stand(POLICY, one, CITIZEN, self.SPOUSE)
        assert [each.person for each in standing.excluded] == [self.SPOUSE.id]
        assert reason_of(standing, self.SPOUSE).text == (
            "P-SPOUSE is not covered by the rule immediate-family: relation does not fit."
        )

    @pytest.mark.parametrize(
        ("birth", "is_married", "status"),
        [
            (born(2000, 8, 25), False, MemberStatus.DEPENDENT),  # 20 until tomorrow
            (born(2000, 8, 24), False, MemberStatus.EXCLUDED),  # 21 today
            (born(2005, 1, 1), True, MemberStatus.EXCLUDED),
            (born(2005, 1, 1), None, MemberStatus.UNSETTLED),
            (None, False, MemberStatus.UNSETTLED),
            (None, True, MemberStatus.EXCLUDED),
            (year(2000), False, MemberStatus.UNSETTLED),
        ],
    )
    def test_age_and_marriage_of_a_child_decide_and_a_missing_one_is_asked(self, birth, is_married, status):
        child = person("CHILD", birth=birth, is_married=is_married)
        standing = stand(POLICY, party("A", CITIZEN, (child, Relation.CHILD)), CITIZEN, child)
        assert status_of(standing, child) is status

    @pytest.mark.parametrize(("is_true", "status"), [(False, MemberStatus.DEPENDENT), (True, MemberStatus.EXCLUDED)])
    def test_a_marriage_that_one_of_us_asked_about_decides_before_what_lists_say(self, is_true, status):
        for stated in (None, not is_true):
            child = person("CHILD", birth=born(2005, 1, 1), is_married=stated)
            knowledge = Knowledge(checked={child.id: {"married": is_true}})
            one = party("A", CITIZEN, (child, Relation.CHILD))
            standing = stand(POLICY, one, CITIZEN, child, knowledge=knowledge)
            assert status_of(standing, child) is status

    def test_an_unsettled_member_keeps_a_seat_but_is_not_accepted(self):
        child = person("CHILD", birth=None, is_married=False)
        standing = stand(POLICY, party("A", CITIZEN, (child, Relation.CHILD)), CITIZEN, child)
        assert child.id in standing.seated
        assert child.id not in standing.accepted

    def test_an_unstated_relation_is_asked_not_refused(self):
        standing = stand(POLICY, party("A", CITIZEN, (NOBODY, Relation.UNKNOWN)), CITIZEN, NOBODY)
        assert status_of(standing, NOBODY) is MemberStatus.UNSETTLED

    def test_parents_and_sisters_come_through_a_citizen_child(self):
        child = replace(self.CHILD, documents=(PASSPORT,))
        sister = person("SISTER", birth=born(2012, 1, 1))
        father = person("FATHER")
        one = party("A", father, (self.SPOUSE, Relation.SPOUSE), (child, Relation.CHILD), (sister, Relation.CHILD))
        standing = stand(POLICY, one, father, self.SPOUSE, child, sister)
        assert standing.principal == child.id
        assert set(standing.dependents) == {father.id, self.SPOUSE.id, sister.id}

    def test_a_policy_can_say_that_no_minor_is_a_ground(self):
        policy = small_policy(("may-be-principal: yes", "may-be-principal: no"))
        child = replace(self.CHILD, documents=(PASSPORT,))
        standing = stand(policy, party("A", NOBODY, (child, Relation.CHILD)), NOBODY, child)
        assert standing.outcome is Outcome.NOT_ELIGIBLE

    def test_through_a_wife_come_her_husband_and_children_but_not_his_parents(self):
        husband, mother = person("HUSBAND"), person("MOTHER")
        wife = replace(CITIZEN)
        one = party("A", husband, (wife, Relation.SPOUSE), (self.CHILD, Relation.CHILD), (mother, Relation.PARENT))
        standing = stand(POLICY, one, husband, wife, self.CHILD, mother)
        assert standing.principal == wife.id
        assert set(standing.dependents) == {husband.id, self.CHILD.id}
        assert status_of(standing, mother) is MemberStatus.EXCLUDED

    def test_a_member_with_a_ground_of_their_own_needs_no_relation(self):
        friend = person("FRIEND", documents=(PASSPORT,))
        standing = stand(POLICY, party("A", CITIZEN, (friend, Relation.NOT_RELATED)), CITIZEN, friend)
        assert status_of(standing, friend) is MemberStatus.OWN_GROUND

    def test_a_proposed_member_takes_no_seat_and_gives_no_ground(self):
        one = Party(
            "F-A",
            (
                member(NOBODY, Relation.HEAD, is_principal=True),
                member(CITIZEN, Relation.SPOUSE, is_confirmed=False),
            ),
        )
        standing = stand(POLICY, one, NOBODY, CITIZEN)
        assert standing.outcome is Outcome.NOT_ELIGIBLE
        assert status_of(standing, CITIZEN) is MemberStatus.PROPOSED
        assert CITIZEN.id not in standing.seated

    def test_a_minor_who_would_be_left_behind_is_raised(self):
        nephew = person("NEPHEW", birth=born(2014, 5, 5))
        standing = stand(POLICY, party("A", CITIZEN, (nephew, Relation.NIECE_NEPHEW)), CITIZEN, nephew)
        assert ReasonCode.LEAVES_MINOR in codes(standing)

    def test_a_child_alone_needs_a_sign_off(self):
        child = replace(self.CHILD, documents=(PASSPORT,))
        assert ReasonCode.MINOR_SIGN_OFF in codes(stand(POLICY, party("A", child), child))

    def test_a_child_with_an_adult_of_the_party_needs_none(self):
        one = Party(
            "F-A",
            (
                member(CITIZEN, Relation.HEAD, is_principal=True),
                replace(member(self.CHILD, Relation.CHILD), accompanying_adult=CITIZEN.id),
            ),
        )
        assert ReasonCode.MINOR_SIGN_OFF not in codes(stand(POLICY, one, CITIZEN, self.CHILD))


class TestPromises:
    PROMISE = Promise(1, PolicyId("test"), "0", NOW)

    def promised(self, policy, who=NOBODY, promise=PROMISE):
        return stand(policy, party("A", who), who, knowledge=Knowledge(promises={"F-A": promise}))

    def test_a_promise_of_an_earlier_version_is_kept_if_the_policy_says_so(self):
        standing = self.promised(POLICY)
        assert (standing.tier, standing.is_promise, standing.principal) == (1, True, NOBODY.id)
        assert standing.reasons[0].code is ReasonCode.PROMISE_HONOURED

    def test_a_promise_is_not_kept_if_the_policy_says_no_and_the_party_must_be_told(self):
        standing = self.promised(small_policy(("honour-earlier: yes", "honour-earlier: no")))
        assert standing.outcome is Outcome.NOT_ELIGIBLE
        assert standing.reasons[-1].code is ReasonCode.PROMISE_NOT_HONOURED

    @pytest.mark.parametrize(("until", "tier"), [("2021-08-24T12:00:01Z", 1), ("2021-08-24T12:00:00Z", None)])
    def test_a_promise_is_kept_until_the_stated_moment(self, until, tier):
        assert (
            self.promised(small_policy(("honour-earlier: yes", f"honour-earlier: {{until: {until}}}"))).tier == tier
        )

    def test_a_promise_never_makes_a_standing_worse(self):
        standing = self.promised(POLICY, CITIZEN, replace(self.PROMISE, tier=2))
        assert (standing.tier, standing.is_promise) == (1, False)

    def test_a_promised_tier_that_is_gone_becomes_the_last(self):
        assert self.promised(POLICY, promise=replace(self.PROMISE, tier=7)).tier == 2

    def test_a_cousin_who_was_promised_still_comes(self):
        one = party("A", CITIZEN, (NOBODY, Relation.COUSIN))
        knowledge = Knowledge(promises={"F-A": replace(self.PROMISE, persons=(NOBODY.id,))})
        standing = stand(POLICY, one, CITIZEN, NOBODY, knowledge=knowledge)
        assert standing.dependents == (NOBODY.id,)


def test_a_policy_out_of_force_is_applied_and_marked():
    early = datetime(2021, 8, 1, tzinfo=UTC)
    assert not apply_policy(POLICY, [], [], now=early, lottery=LOTTERY).is_in_force
    assert apply_policy(POLICY, [], [], now=NOW, lottery=LOTTERY).is_in_force


def test_a_reserve_is_told_to_those_who_may_use_it():
    reserve = 'reserves: [{id: needs, title: Needs, for: "size(needs) > 0", seats: 4}]\norder:'
    policy = small_policy(("order:", reserve))
    needy = person("NEEDY", documents=(PASSPORT,), needs=(Need.WHEELCHAIR,))
    assert stand(policy, party("A", needy), needy).reserves == ("needs",)
    assert stand(policy, party("A", CITIZEN), CITIZEN).reserves == ()


def test_a_party_with_a_person_who_is_not_given_is_an_error_that_names_no_one():
    with pytest.raises(NotFoundError, match="P-CITIZEN"):
        stand(POLICY, party("A", CITIZEN))
