"""The truth behind the lists: invented people, their families, and who travels with whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from safepassage.core.people import Need, Relation, Sex
from safepassage.core.sim.lists.lexicon import Name, Word


@dataclass(slots=True)
class Person:
    """One invented human. `knows` is how well the birth date is known: `day`, `jan-1` (registered so) or `year`."""

    key: str
    family: str
    party: str
    sex: Sex
    given: Name
    surname: Word | None
    father: Name
    birth: date
    relation: Relation
    knows: str = "day"
    passport: str = ""
    tazkira: str = ""
    a_number: str = ""
    country: str = "AFG"
    phone: str = ""
    spouse: Name = ()
    is_married: bool = False
    needs: tuple[Need, ...] = ()


@dataclass(slots=True)
class Family:
    """Kin who live together. `claim` is what the principal claims; `kind` how the family is made up."""

    key: str
    kind: str
    members: list[Person]
    province: int
    language: str
    claim: str
    case_number: str = ""
    employer: int = 0
    serial: int = 0
    """Where the passport numbers of this family begin."""
    daughters: list[Person] = field(default_factory=list)
    """Married daughters who live in another family, and whom their father's lists may still name."""
