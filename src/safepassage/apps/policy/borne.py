"""Whether policies and overrides are what the signed events say: a text or a signature written by hand never counts.

The event that published a policy bears the digest of its text, and who proposed and signed it; that of an override
bears its party, its tier, who asked, who agreed and who is displaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from safepassage.apps.ledger.borne import CODE, WRITTEN, KeptAnswer
from safepassage.apps.ledger.damage import is_damaged
from safepassage.apps.ledger.selectors import events_of_kind
from safepassage.apps.ledger.services import account_ref
from safepassage.apps.policy.models import Override, PolicyRecord
from safepassage.core.errors import Problem, ProblemsError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import Event, EventKind
from safepassage.core.policy import Policy, read_policy

_BACKUP = "Restore the last good backup into a new folder, or propose and sign a later version."

_POLICY_DATES = ("effective_from", "effective_until", "published_at", "confirmed_at")


@lru_cache(maxsize=16)
def text_read(text: str, file: str) -> Policy:
    """A text is read once in a process: versions are never edited, and a policy is a value.

    Raises:
        ProblemsError: every mistake in it.
    """
    return read_policy(text, file=file)


@dataclass(frozen=True, slots=True)
class Borne:
    """What the events say of policies and overrides, to look many rows up in."""

    published: Mapping[int, Event]
    """By the number of a policy: the event that put it in force."""
    signed: Mapping[int, frozenset[tuple[str, str]]]
    """By the same: who agreed to it afterwards, and to a text of which digest."""
    made: Mapping[str, Event]
    """By the ledger's id of an override."""


def borne_now() -> Borne:
    """What the events say. Cost: a few short queries, and one look at each event of these kinds."""
    signed: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for event in events_of_kind(EventKind.SECOND_AGREED):
        if event.code("what") == "policy":
            signed[event.number("version")].add((event.code("second"), event.code("digest")))
    return Borne(
        {event.number("version"): event for event in events_of_kind(EventKind.POLICY_PUBLISHED)},
        {version: frozenset(said) for version, said in signed.items()},
        {event.code("override"): event for event in events_of_kind(EventKind.OVERRIDE_MADE)},
    )


def policy_fault(record: PolicyRecord, borne: Borne | None = None) -> str:
    """Why a policy may not be applied, in a sentence; empty if its row is what the events bear.

    Whoever asks of many gives what the events say (`borne_now`). Cost: a text is read once in a process.
    """
    if any(is_damaged(getattr(record, name)) for name in _POLICY_DATES):
        return "One of its dates can't be read."
    try:
        policy = text_read(record.text, f"{record.policy} {record.version}")
    except ProblemsError:
        return "Its text can't be read."
    if policy.digest != record.digest:
        return "Its text is not the one that was proposed."
    if (policy.effective_from, policy.effective_until) != (record.effective_from, record.effective_until):
        return "It holds at other times than its text says."
    return _fault_of_signature(record, borne or borne_now())


def _fault_of_signature(record: PolicyRecord, borne: Borne) -> str:
    event = borne.published.get(record.pk)
    if event is None:
        return "No event put it in force." if record.published_at else ""
    if event.code("digest") != record.digest:
        return "Its text is not the one that was signed."
    if record.published_at is None:
        return "The events put it in force, and its row does not say so."
    if event.code("first") != account_ref(record.published_by):
        return "Somebody else proposed it."
    agreed = {by for by, digest in borne.signed.get(record.pk, ()) if digest == record.digest}
    signers = {event.code("second"), *agreed} - {""}
    if (record.confirmed_by or signers) and account_ref(record.confirmed_by) not in signers:
        return "Its signature is not the one that the events bear."
    return ""


def override_fault(record: Override, borne: Borne | None = None) -> str:
    """Why an override may not count, in a sentence; empty if its row is what the events bear.

    Whoever asks of many gives what the events say (`borne_now`).
    """
    if any(map(is_damaged, (record.displaced, record.tier, record.approved_at))):
        return "It can't be read."
    event = (borne or borne_now()).made.get(derived_id("O", str(record.pk), record.party))
    if event is None:
        return "No event bears its agreement." if record.approved_at else ""
    if not record.approved_at:
        return "The events agreed to it, and its row does not say so."
    two = (account_ref(record.requested_by), account_ref(record.approved_by))
    faults = {
        "It is of other parties than the events say.": event.rows != _rows(record),
        "It is into another tier than the events say.": event.number("tier", record.tier) != record.tier,
        "Others asked for it or agreed to it.": (event.code("first"), event.code("second")) != two,
    }
    return next((told for told, is_so in faults.items() if is_so), "")


def _rows(record: Override) -> tuple[tuple[str, int], ...]:
    return ((record.party, 0), *((party, 1) for party in record.displaced))


def policies_unborne() -> tuple[Problem, ...]:
    """Every policy and override whose row is not what the events bear, and every one whose row is gone."""
    return _unborne()


def _problems() -> Iterator[Problem]:
    borne, policies = borne_now(), list(PolicyRecord.objects.order_by("pk"))
    for record in policies:
        if fault := policy_fault(record, borne):
            yield Problem(CODE, fault, f"policy {record.pk}", f"{WRITTEN} It is applied to nobody. {_BACKUP}")
    for number in sorted(borne.published.keys() - {record.pk for record in policies}):
        yield Problem(
            CODE, "A policy that the events put in force is gone.", f"policy {number}", f"{WRITTEN} {_BACKUP}"
        )
    overrides = list(Override.objects.order_by("pk"))
    for override in overrides:
        if fault := override_fault(override, borne):
            yield Problem(CODE, fault, f"override {override.pk}", f"{WRITTEN} It counts for nobody: ask for it anew.")
    known = {str(derived_id("O", str(one.pk), one.party)) for one in overrides}
    for key in sorted(borne.made.keys() - known):
        yield Problem(CODE, "An override that the events made is gone.", key, f"{WRITTEN} Ask for it anew.")


_unborne = KeptAnswer(
    kinds=(EventKind.POLICY_PUBLISHED, EventKind.SECOND_AGREED, EventKind.OVERRIDE_MADE),
    rows=lambda: (PolicyRecord.objects.order_by("pk").values_list(), Override.objects.order_by("pk").values_list()),
    compare=_problems,
)
