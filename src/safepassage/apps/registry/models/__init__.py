"""Judgements by people; and what identity derives: links, persons, parties, reviews.

judged    what people say
derived   what is worked out from it and from listings
runs      the matcher's runs and versions
"""

from __future__ import annotations

from safepassage.apps.registry.models.derived import (
    GroupParty,
    LinkRecord,
    Membership,
    PartyFlagged,
    PartyRecord,
    PersonListing,
    PersonRecord,
    ReviewRecord,
)
from safepassage.apps.registry.models.judged import (
    AdultConfirmation,
    FactAnchor,
    FactCheck,
    JudgementRecord,
    JudgementRequest,
    MemberConfirmation,
    RelationStated,
)
from safepassage.apps.registry.models.runs import ArrivalLook, LinkAudit, MatcherVersion, ResolveRun

__all__ = [
    "AdultConfirmation",
    "ArrivalLook",
    "FactAnchor",
    "FactCheck",
    "GroupParty",
    "JudgementRecord",
    "JudgementRequest",
    "LinkAudit",
    "LinkRecord",
    "MatcherVersion",
    "MemberConfirmation",
    "Membership",
    "PartyFlagged",
    "PartyRecord",
    "PersonListing",
    "PersonRecord",
    "RelationStated",
    "ResolveRun",
    "ReviewRecord",
]
