"""Identity: from listings to persons and parties, explainable and reversible."""

from safepassage.core.identity.assign import assign_persons
from safepassage.core.identity.audit import Precision, precision_bounds, sample_links
from safepassage.core.identity.both_scripts import NAME_MARKS, BothScripts, both_scripts
from safepassage.core.identity.committed import HeldBack, hold_committed, persons_changing
from safepassage.core.identity.counted import doubt_of_size
from safepassage.core.identity.derive import derive_persons
from safepassage.core.identity.families import Committed
from safepassage.core.identity.frozen import is_current
from safepassage.core.identity.parties import keep_apart_pairs, propose_parties
from safepassage.core.identity.people import (
    Assignment,
    AssignmentChange,
    ChangeKind,
    Kinship,
    Member,
    Party,
    PartyFlag,
    Person,
)
from safepassage.core.identity.resolve import resolve
from safepassage.core.identity.review import capped
from safepassage.core.identity.values import (
    OF_HOUSEHOLDS,
    TWO_PEOPLE,
    Alarm,
    AlarmCode,
    Evidence,
    EvidenceField,
    IdentitySettings,
    Judgement,
    JudgementVerdict,
    Link,
    LinkGround,
    Parameters,
    Resolution,
    Review,
    ReviewKind,
)

__all__ = [
    "NAME_MARKS",
    "OF_HOUSEHOLDS",
    "TWO_PEOPLE",
    "Alarm",
    "AlarmCode",
    "Assignment",
    "AssignmentChange",
    "BothScripts",
    "ChangeKind",
    "Committed",
    "Evidence",
    "EvidenceField",
    "HeldBack",
    "IdentitySettings",
    "Judgement",
    "JudgementVerdict",
    "Kinship",
    "Link",
    "LinkGround",
    "Member",
    "Parameters",
    "Party",
    "PartyFlag",
    "Person",
    "Precision",
    "Resolution",
    "Review",
    "ReviewKind",
    "assign_persons",
    "both_scripts",
    "capped",
    "derive_persons",
    "doubt_of_size",
    "hold_committed",
    "is_current",
    "keep_apart_pairs",
    "persons_changing",
    "precision_bounds",
    "propose_parties",
    "resolve",
    "sample_links",
]
