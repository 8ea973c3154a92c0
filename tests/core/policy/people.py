"""Invented persons and parties for the tests of policies, and a small policy that reads like a real one."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cast import born
from safepassage.core.dates import PartialDate, Precision
from safepassage.core.identity import Member, Party, Person
from safepassage.core.ids import PartyId, PersonId, SourceId
from safepassage.core.people import Document, DocumentKind, Relation
from safepassage.core.policy import Lottery, Policy, Round, Standing, apply_policy, commit_lottery, read_policy

NOW = datetime(2021, 8, 24, 12, tzinfo=UTC)
SEED = bytes(range(32))
CLOSED = datetime(2021, 8, 20, tzinfo=UTC)
LOTTERY = Lottery((Round(commit_lottery(SEED), CLOSED, SEED),))

TEXT = """\
format: safe-passage-policy/1
id: test
version: "1"
title: {en: A small policy, fa-AF: "", ps: ""}
effective: {from: 2021-08-20T00:00:00Z}
signed-off-by: Nobody, a test
honour-earlier: yes
minors: {below-age: 18, may-be-principal: yes}
categories:
  - id: citizen
    title: Citizen
    rule: >-
      "citizen" in checked || "passport:USA" in documents
  - id: elder
    title: Sixty and more
    rule: age >= 60
  - id: siv
    title: Visa applicant
    rule: >-
      "siv" in claims && !("siv" in refuted)
dependents:
  - id: immediate-family
    title: Immediate family
    anyone-of:
      - relation: spouse
      - relation: child
        max-age: 20
        married: no
      - relation: [parent, sibling]
        principal: minor
tiers:
  - tier: 1
    title: Citizens
    principal: [citizen]
    dependents: immediate-family
  - tier: 2
    title: Visa applicants and the old
    principal: [siv, elder]
    dependents: immediate-family
    when: heads <= 8
order:
  - first: size(needs) > 0
  - by: lottery
""".replace(', fa-AF: "", ps: ""', "")

GROWN = born(1980, 1, 15)
PASSPORT = Document(DocumentKind.PASSPORT, "X1", "USA")


def small_policy(*changes: tuple[str, str]) -> Policy:
    """The small policy with pieces of its text replaced."""
    text = TEXT
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return read_policy(text)


def person(key: str, birth: PartialDate | None = GROWN, **facts: object) -> Person:
    """A person with a readable id; grown up unless told otherwise, with no ground of any kind."""
    return Person(
        id=PersonId(f"P-{key}"),
        listings=(),
        sources=(SourceId("S-1"),),
        groups=(),
        name="Invented",
        birth=birth,
        **facts,  # type: ignore[arg-type]
    )


def member(who: Person, relation: Relation, *, is_confirmed: bool = True, is_principal: bool = False) -> Member:
    return Member(who.id, relation, is_confirmed=is_confirmed, is_principal=is_principal)


def party(key: str, head: Person, *others: tuple[Person, Relation]) -> Party:
    """A party of confirmed members; the first is the proposed principal."""
    members = [member(head, Relation.HEAD, is_principal=True)]
    members += [member(who, relation) for who, relation in others]
    return Party(PartyId(f"F-{key}"), tuple(members))


def stand(policy: Policy, one: Party, *people: Person, **more: object) -> Standing:
    """The standing of a single party."""
    standings = apply_policy(policy, [one], people, now=NOW, lottery=LOTTERY, **more)  # type: ignore[arg-type]
    return standings.standings[0]


def year(number: int) -> PartialDate:
    """A birth date of which only the year is known."""
    return PartialDate(((date(number, 1, 1), date(number, 12, 31)),), Precision.YEAR)
