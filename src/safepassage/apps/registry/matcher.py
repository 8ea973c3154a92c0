"""Reads of the matcher's versions: which weights a run goes by, what waits to be adopted, and whether it is stale."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from django.db.models import QuerySet

from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.registry.models import MatcherVersion
from safepassage.apps.registry.selectors import run_last
from safepassage.apps.registry.values import PARAMETERS
from safepassage.core.errors import NotFoundError, UnreadableError
from safepassage.core.identity import Parameters, is_current

GROWN = 1.5
"""An operation with so many times the listings that its weights were learnt from should learn them anew."""


class Staleness(StrEnum):
    """Why another version should be proposed."""

    NONE = ""
    NOT_ADOPTED = "not-adopted"
    """Nothing is adopted: every run learns anew, so that old links may change by new lists."""
    GROWN = "grown"
    OTHER_RULES = "other-rules"
    """This program compares otherwise than the one that learnt them: runs learn anew meanwhile."""


def matcher_adopted() -> MatcherVersion | None:
    """The version in force."""
    return MatcherVersion.objects.exclude(adopted_at=None).filter(retired_at=None).first()


def matcher_parameters() -> Parameters | None:
    """The adopted weights, if this program can weigh by them."""
    adopted = matcher_adopted()
    if adopted is None:
        return None
    found = PARAMETERS.validate_python(adopted.parameters)
    return found if is_current(found) else None


def matcher_runs_by_itself() -> bool:
    """Whether the worker asks for runs: a version is in force, so that a run changes nothing but by what came."""
    return matcher_parameters() is not None


def matcher_weights() -> Parameters | None:
    """By what one who arrives between two runs is compared: the adopted weights, else those that the last run learnt.

    None before the first run, or if these were learnt by other rules than this program's.
    """
    adopted = matcher_parameters()
    if adopted is not None:
        return adopted
    run = run_last()
    if run is None or is_damaged(run.parameters):
        return None
    with suppress(UnreadableError):
        found = PARAMETERS.validate_python(run.parameters)
        return found if found.habits is not None and is_current(found) else None
    return None


def matcher_staleness(listings: int) -> Staleness:
    """Whether the version in force should be renewed, for an operation of so many listings."""
    adopted = matcher_adopted()
    if adopted is None:
        return Staleness.NOT_ADOPTED
    if not is_current(PARAMETERS.validate_python(adopted.parameters)):
        return Staleness.OTHER_RULES
    return Staleness.GROWN if listings > GROWN * adopted.listings else Staleness.NONE


def matcher_versions() -> QuerySet[MatcherVersion]:
    """All versions, the newest first."""
    return MatcherVersion.objects.order_by("-proposed_at", "version")


def matcher_version(version: str) -> MatcherVersion:
    """One version.

    Raises:
        NotFoundError: if there is none.
    """
    found = MatcherVersion.objects.filter(pk=version).first()
    if found is None:
        raise NotFoundError("There is no such version of the matcher.", advice="Look at the list of versions.")
    return found
