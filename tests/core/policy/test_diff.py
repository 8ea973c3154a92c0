"""What changes for whom, before a policy goes live: the contradictory days of Kabul."""

from __future__ import annotations

import pytest

from cast import born
from safepassage.core.people import Document, DocumentKind, Relation
from safepassage.core.policy import Shift, diff_policies, read_policy
from tests.core.policy.people import LOTTERY, NOW, PASSPORT, party, person, small_policy
from tests.core.policy.test_read import ROOT


def day(number: int):
    return read_policy((ROOT / f"examples/kabul-2021/policies/2021-08-{number}.yaml").read_text(encoding="utf-8"))


CITIZEN = person("CITIZEN", documents=(PASSPORT,))
WIFE = person("WIFE")
CHILD = person("CHILD", birth=born(2012, 1, 1), is_married=False)
MOTHER = person("MOTHER")
FAMILY = party("CITIZEN", CITIZEN, (WIFE, Relation.SPOUSE), (CHILD, Relation.CHILD), (MOTHER, Relation.PARENT))
APPLICANT = person("APPLICANT", claims=("siv",), documents=(Document(DocumentKind.TAZKIRA_PAPER, "T1"),))
ALLY = person("ALLY", nationality="DEU")
PARTIES = [FAMILY, party("APPLICANT", APPLICANT), party("ALLY", ALLY)]
PEOPLE = [CITIZEN, WIFE, CHILD, MOTHER, APPLICANT, ALLY]


def diff(before, after):
    return diff_policies(before, after, PARTIES, PEOPLE, now=NOW, lottery=LOTTERY)


def shifts(before, after):
    return {each.party: each.shift for each in diff(before, after).shifts}


def test_23_august_shuts_out_visa_applicants_lets_allies_in_and_leaves_the_grandmother():
    assert shifts(day(18), day(23)) == {
        "F-CITIZEN": Shift.SPLITS,
        "F-APPLICANT": Shift.OUT,
        "F-ALLY": Shift.IN,
    }
    family = next(each for each in diff(day(18), day(23)).shifts if each.party == "F-CITIZEN")
    assert family.left_out == (MOTHER.id,)
    assert any("P-MOTHER is not covered" in sentence for sentence in family.why)


def test_25_august_leaves_the_citizen_alone_and_everybody_else_outside():
    found = diff(day(23), day(25))
    assert {each.party: each.shift for each in found.shifts} == {"F-CITIZEN": Shift.SPLITS, "F-ALLY": Shift.OUT}
    assert found.matrix == (
        ("1", "1", 1, 4),
        ("2", "not-eligible", 1, 1),
        ("not-eligible", "not-eligible", 1, 1),
    )


def test_27_august_takes_the_applicants_back():
    assert shifts(day(25), day(27)) == {"F-CITIZEN": Shift.GATHERS, "F-APPLICANT": Shift.IN}


@pytest.mark.parametrize("number", [18, 23, 25, 27])
def test_a_policy_beside_itself_changes_nothing(number):
    found = diff(day(number), day(number))
    assert found.shifts == ()
    assert found.count(Shift.SAME) == found.parties == len(PARTIES)
    assert sum(parties for _, _, parties, _ in found.matrix) == len(PARTIES)
    assert sum(people for _, _, _, people in found.matrix) == len(PEOPLE)


def test_what_happens_to_parties_adds_up_to_all_of_them():
    found = diff(day(18), day(23))
    assert sum(found.count(shift) for shift in Shift) == found.parties == len(PARTIES)
    assert found.people == len(PEOPLE)


def test_a_fact_that_a_new_rule_asks_for_makes_unresolved():
    old = small_policy(("rule: age >= 60", "rule: '\"old\" in claims'"))
    someone = person("OLD", birth=None, claims=("old",))
    found = diff_policies(old, small_policy(), [party("OLD", someone)], [someone], now=NOW, lottery=LOTTERY)
    assert [each.shift for each in found.shifts] == [Shift.BECOMES_UNRESOLVED]
    assert found.count(Shift.BECOMES_UNRESOLVED) == 1


def test_up_and_down_are_told_apart():
    turned = small_policy(("principal: [citizen]", "principal: [siv]"), ("[siv, elder]", "[citizen, elder]"))
    assert shifts(small_policy(), turned) == {"F-CITIZEN": Shift.DOWN, "F-APPLICANT": Shift.UP}
