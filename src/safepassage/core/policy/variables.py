"""The documented variables that a rule may name, of a person and of a party. docs/policy.md repeats this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The CEL type of a variable."""

    LIST = "list of text"
    NUMBER = "whole number"
    YES_NO = "yes or no"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its type, and what it means."""

    kind: Kind
    words: str


PERSON_VARIABLES: Mapping[str, Variable] = {
    "claims": Variable(Kind.LIST, "category codes that some source claims, unchecked"),
    "checked": Variable(Kind.LIST, "codes that one of us checked and found true"),
    "refuted": Variable(Kind.LIST, "codes that one of us checked and found false"),
    "documents": Variable(
        Kind.LIST, 'documents stated, as kind and as kind:ISSUER ("passport", "passport:USA"); ISO 3166 alpha-3'
    ),
    "expired": Variable(Kind.LIST, "those of `documents` that have surely expired"),
    "nationality": Variable(Kind.TEXT, "ISO 3166 alpha-3"),
    "age": Variable(Kind.NUMBER, "completed years on the day of the decision"),
    "sex": Variable(Kind.TEXT, '"f", "m" or "x"'),
    "is_married": Variable(Kind.YES_NO, "whether married"),
    "needs": Variable(Kind.LIST, "specific needs"),
    "trust": Variable(Kind.NUMBER, "trust of the most trusted source listing the person, 0 unknown .. 4 authority"),
    "sources": Variable(Kind.LIST, "ids of the sources that list the person"),
    "doubts": Variable(Kind.LIST, "fields on which the listings disagree"),
    "known": Variable(Kind.LIST, "which of birth, sex, nationality, marriage are known at all"),
}

DEPENDENT_VARIABLES: Mapping[str, Variable] = {
    **PERSON_VARIABLES,
    "relation": Variable(Kind.TEXT, 'what the person is to the principal ("child", "parent" ...)'),
}

PARTY_VARIABLES: Mapping[str, Variable] = {
    "heads": Variable(Kind.NUMBER, "confirmed members"),
    "minors": Variable(Kind.NUMBER, "confirmed members below the policy's age for minors"),
    "infants": Variable(Kind.NUMBER, "confirmed members under 2"),
    "older": Variable(Kind.NUMBER, "confirmed members of 60 and more"),
    "women": Variable(Kind.NUMBER, "confirmed women of age"),
    "men": Variable(Kind.NUMBER, "confirmed men of age"),
    "needs": Variable(Kind.LIST, "specific needs of all confirmed members"),
    "categories": Variable(Kind.LIST, "categories of all confirmed members"),
    "checked": Variable(Kind.LIST, "codes checked and found true of any confirmed member"),
    "trust": Variable(Kind.NUMBER, "trust of the most trusted source that lists a confirmed member"),
    "has_minor_without_adult": Variable(Kind.YES_NO, "a minor has no adult, confirmed or proposed, in the party"),
}
