"""The closed vocabulary of events, and what the body of each may hold: ids, codes, whole numbers, times.

No field takes free text, so that a name can't enter the ledger. `BODIES` is the contract of
`spec/event-v1.schema.json` (generated from it) and of the TypeScript twin.

A bulk act is one event: `rows` holds one tuple per subject, in the column order given here. An event names each
person that it moves; the fold never infers members of a party.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What happened. A new kind is a new schema version."""

    OPERATION_OPENED = "operation-opened"
    PHASE_CLOSED = "phase-closed"
    SOURCE_REGISTERED = "source-registered"
    BATCH_RECEIVED = "batch-received"
    BATCH_WITHDRAWN = "batch-withdrawn"
    BATCH_PUT_BACK = "batch-put-back"
    LISTINGS_ERASED = "listings-erased"
    JUDGEMENTS_GIVEN = "judgements-given"
    JUDGEMENTS_WITHDRAWN = "judgements-withdrawn"
    SAMPLE_DRAWN = "sample-drawn"
    MATCHER_ADOPTED = "matcher-adopted"
    PERSONS_ASSIGNED = "persons-assigned"
    PERSONS_REDIRECTED = "persons-redirected"
    PERSONS_SPLIT = "persons-split"
    PERSONS_IDENTIFIED = "persons-identified"
    FACTS_CHECKED = "facts-checked"
    FACTS_WITHDRAWN = "facts-withdrawn"
    PARTIES_FORMED = "parties-formed"
    MEMBERS_CONFIRMED = "members-confirmed"
    MEMBERS_REMOVED = "members-removed"
    ADULTS_CONFIRMED = "adults-confirmed"
    RELATIONS_STATED = "relations-stated"
    RELATIONS_WITHDRAWN = "relations-withdrawn"
    POLICY_PUBLISHED = "policy-published"
    POLICY_UNSIGNED = "policy-unsigned"
    LOTTERY_COMMITTED = "lottery-committed"
    LOTTERY_REVEALED = "lottery-revealed"
    STANDINGS_GIVEN = "standings-given"
    OVERRIDE_MADE = "override-made"
    SECOND_ASKED = "second-asked"
    SECOND_AGREED = "second-agreed"
    SECOND_REFUSED = "second-refused"
    SECOND_LAPSED = "second-lapsed"
    PLAN_PUBLISHED = "plan-published"
    RESERVE_RELEASED = "reserve-released"
    PERSONS_CALLED = "persons-called"
    CALL_OUTCOMES = "call-outcomes"
    PERSONS_BOOKED = "persons-booked"
    PERSONS_UNBOOKED = "persons-unbooked"
    MANIFEST_CLOSED = "manifest-closed"
    PASSES_ISSUED = "passes-issued"
    PASSES_REVOKED = "passes-revoked"
    PERSONS_SET_OUT = "persons-set-out"
    ENCOUNTER = "encounter"
    PERSONS_ADMITTED = "persons-admitted"
    PERSONS_TURNED_AWAY = "persons-turned-away"
    WALK_INS = "walk-ins"
    PERSONS_PROCESSED = "persons-processed"
    PERSONS_BOARDED = "persons-boarded"
    PERSONS_DEPARTED = "persons-departed"
    PERSONS_ARRIVED = "persons-arrived"
    PERSONS_NO_SHOW = "persons-no-show"
    PERSONS_NOT_FOUND = "persons-not-found"
    PERSONS_DECLINED = "persons-declined"
    PERSONS_DETAINED = "persons-detained"
    PERSONS_MISSING = "persons-missing"
    PERSONS_FOUND = "persons-found"
    PERSONS_DIED = "persons-died"
    PERSONS_LEFT_BEHIND = "persons-left-behind"
    NEXT_STEPS_SET = "next-steps-set"
    NEXT_STEPS_DONE = "next-steps-done"
    PERSONS_CLOSED = "persons-closed"
    RESPONSIBILITY_TAKEN = "responsibility-taken"
    HANDOVER_OFFERED = "handover-offered"
    HANDOVER_ACCEPTED = "handover-accepted"
    HANDOVER_REFUSED = "handover-refused"
    HEADS_COUNTED = "heads-counted"
    DISCREPANCY_CLOSED = "discrepancy-closed"
    PRESSURE_TALLIED = "pressure-tallied"
    CONVOY_REPORTED = "convoy-reported"
    WATCHED_SIGNALLED = "watched-signalled"
    LOOKUP_MADE = "lookup-made"
    USES_RELAYED = "uses-relayed"
    DEVICE_ENROLLED = "device-enrolled"
    DEVICE_REVOKED = "device-revoked"
    SITE_RESTORED = "site-restored"
    EVENTS_ADMITTED = "events-admitted"
    CLAIMS_CONFIRMED = "claims-confirmed"
    KEY_ROTATED = "key-rotated"
    KEY_REVOKED = "key-revoked"
    RECIPIENT_ADDED = "recipient-added"
    ACCOUNT_CHANGED = "account-changed"
    TEXT_APPROVED = "text-approved"
    TEXT_RELEASED = "text-released"
    TEXT_TAKEN_BACK = "text-taken-back"
    WINDOWS_MOVED = "windows-moved"
    MESSAGES_RELEASED = "messages-released"
    EXPORT_MADE = "export-made"
    BACKUP_MADE = "backup-made"
    ANNULLED = "annulled"


class FieldKind(StrEnum):
    """What a field may hold. There is no text."""

    ID = "id"
    """A derived id (`core.ids.derived_id`): one or two capitals, a dash, 8 to 26 Crockford digits."""
    REF = "ref"
    """A configured id or slug (point, leg, team, policy, plan, account, device): ASCII, no blanks, 48 at most;
    lower case, or upper case holding a digit."""
    CODE = "code"
    """Kebab-case, 40 at most."""
    INT = "int"
    """A whole number from -2^53+1 to 2^53-1, which JavaScript holds exactly."""
    FLAG = "flag"
    """0 or 1."""
    TIME = "time"
    """UTC milliseconds since 1970."""
    DIGEST = "digest"
    """Lower-case hex of 32 bytes: a SHA-256, or an Ed25519 public key."""
    CODES = "codes"
    """A list of codes."""


@dataclass(frozen=True, slots=True)
class BodySpec:
    """The fields of one kind: `required`, `optional`, and the `columns` of its rows (none: no rows)."""

    required: dict[str, FieldKind]
    optional: dict[str, FieldKind]
    columns: dict[str, FieldKind]


_LETTERS = {
    "i": FieldKind.ID,
    "r": FieldKind.REF,
    "c": FieldKind.CODE,
    "n": FieldKind.INT,
    "f": FieldKind.FLAG,
    "t": FieldKind.TIME,
    "d": FieldKind.DIGEST,
    "s": FieldKind.CODES,
}


def _spec(required: str = "", optional: str = "", rows: str = "") -> BodySpec:
    """`"plan:r heads:n"` to fields; every event may say `occurred` (keyed in later from paper) and `account`."""

    def fields(text: str) -> dict[str, FieldKind]:
        pairs = (item.split(":") for item in text.split())
        return {name: _LETTERS[letter] for name, letter in pairs}

    return BodySpec(fields(required), fields(f"{optional} occurred:t account:r"), fields(rows))


BODIES: dict[EventKind, BodySpec] = {
    EventKind.OPERATION_OPENED: _spec("code:r"),
    EventKind.PHASE_CLOSED: _spec("phase:r"),
    EventKind.SOURCE_REGISTERED: _spec("source:r trust:n sharing:c retention_days:n"),
    EventKind.BATCH_RECEIVED: _spec("source:r batch:i digest:d rows_read:n listings:n rejects:n", "everyone:s"),
    EventKind.BATCH_WITHDRAWN: _spec("batch:i listings:n reason:c"),
    EventKind.BATCH_PUT_BACK: _spec("batch:i listings:n"),
    EventKind.LISTINGS_ERASED: _spec("reason:c", rows="listing:i"),
    EventKind.JUDGEMENTS_GIVEN: _spec("", "first:r second:r", rows="left:i right:i verdict:c"),
    EventKind.JUDGEMENTS_WITHDRAWN: _spec("", "first:r second:r", rows="left:i right:i"),
    EventKind.SAMPLE_DRAWN: _spec("seed:d links:n", rows="left:i right:i"),
    EventKind.MATCHER_ADOPTED: _spec("version:c listings:n", "previous:c"),
    EventKind.PERSONS_ASSIGNED: _spec("", "resolution:d", rows="person:i"),
    EventKind.PERSONS_REDIRECTED: _spec("", "resolution:d", rows="person:i into:i"),
    EventKind.PERSONS_SPLIT: _spec("", "resolution:d", rows="person:i new:i"),
    EventKind.PERSONS_IDENTIFIED: _spec(rows="person:i"),
    EventKind.FACTS_CHECKED: _spec("evidence:c", rows="person:i code:c is_true:f"),
    EventKind.FACTS_WITHDRAWN: _spec(rows="person:i code:c"),
    EventKind.PARTIES_FORMED: _spec(rows="party:i person:i is_confirmed:f"),
    EventKind.MEMBERS_CONFIRMED: _spec(rows="party:i person:i"),
    EventKind.MEMBERS_REMOVED: _spec("reason:c", rows="party:i person:i"),
    EventKind.ADULTS_CONFIRMED: _spec(rows="minor:i adult:i"),
    EventKind.RELATIONS_STATED: _spec("evidence:c", rows="person:i relation:c of:i"),
    EventKind.RELATIONS_WITHDRAWN: _spec(rows="person:i relation:c of:i"),
    EventKind.POLICY_PUBLISHED: _spec("policy:r version:n digest:d", "first:r second:r"),
    EventKind.POLICY_UNSIGNED: _spec("policy:r version:n digest:d reason:c"),
    EventKind.LOTTERY_COMMITTED: _spec("policy:r version:n digest:d"),
    EventKind.LOTTERY_REVEALED: _spec("policy:r version:n digest:d"),
    EventKind.STANDINGS_GIVEN: _spec("policy:r version:n", rows="person:i party:i category:c tier:n rank:n"),
    EventKind.OVERRIDE_MADE: _spec(
        "override:i requester:r first:r second:r reason:c", "leg:r quota_left:n tier:n", rows="party:i is_displaced:f"
    ),
    EventKind.SECOND_ASKED: _spec("what:c request:i first:r", "policy:r version:n digest:d"),
    EventKind.SECOND_AGREED: _spec("what:c request:i first:r second:r", "policy:r version:n digest:d"),
    EventKind.SECOND_REFUSED: _spec("what:c request:i first:r second:r", "policy:r version:n digest:d"),
    EventKind.SECOND_LAPSED: _spec("what:c request:i first:r reason:c"),
    EventKind.PLAN_PUBLISHED: _spec("plan:r digest:d parties:n people:n", "policy:r version:n"),
    EventKind.RESERVE_RELEASED: _spec("reserve:r policy:r", rows="leg:r"),
    EventKind.PERSONS_CALLED: _spec("", "plan:r channel:c is_provisional:f", rows="person:i party:i"),
    EventKind.CALL_OUTCOMES: _spec("outcome:c", "channel:c", rows="person:i party:i"),
    EventKind.PERSONS_BOOKED: _spec("plan:r", "policy:r version:n", rows="person:i party:i leg:r"),
    EventKind.PERSONS_UNBOOKED: _spec("reason:c", "plan:r", rows="person:i party:i leg:r"),
    EventKind.MANIFEST_CLOSED: _spec("leg:r version:n digest:d heads:n", "first:r second:r"),
    EventKind.PASSES_ISSUED: _spec(
        "key:r", "policy:r version:n", rows="pass:r party:i point:r begins:t ends:t heads:n"
    ),
    EventKind.PASSES_REVOKED: _spec("reason:c", rows="pass:r"),
    EventKind.PERSONS_SET_OUT: _spec("", "leg:r point:r", rows="person:i party:i"),
    EventKind.ENCOUNTER: _spec(
        "point:r verdict:c",
        "role:c reasons:s pass:r party:i policy:r version:n heads:n revocations_at:t",
        rows="person:i",
    ),
    EventKind.PERSONS_ADMITTED: _spec("point:r", "pass:r reasons:s policy:r version:n", rows="person:i party:i"),
    EventKind.PERSONS_TURNED_AWAY: _spec("point:r reason:c", "pass:r", rows="person:i party:i"),
    EventKind.WALK_INS: _spec("point:r slip:r", "category:c evidence:c", rows="person:i sex:c age_band:c"),
    EventKind.PERSONS_PROCESSED: _spec("point:r", rows="person:i party:i"),
    EventKind.PERSONS_BOARDED: _spec("leg:r", "point:r", rows="person:i party:i"),
    EventKind.PERSONS_DEPARTED: _spec("leg:r", "point:r", rows="person:i party:i"),
    EventKind.PERSONS_ARRIVED: _spec("point:r place:c", "leg:r", rows="person:i party:i"),
    EventKind.PERSONS_NO_SHOW: _spec("", "leg:r point:r", rows="person:i party:i"),
    EventKind.PERSONS_NOT_FOUND: _spec("", "reason:c", rows="person:i"),
    EventKind.PERSONS_DECLINED: _spec("", "reason:c", rows="person:i"),
    EventKind.PERSONS_DETAINED: _spec("", "point:r owner:r", rows="person:i"),
    EventKind.PERSONS_MISSING: _spec("", "leg:r point:r owner:r", rows="person:i"),
    EventKind.PERSONS_FOUND: _spec("", "point:r", rows="person:i"),
    EventKind.PERSONS_DIED: _spec("", "point:r", rows="person:i"),
    EventKind.PERSONS_LEFT_BEHIND: _spec("phase:r", rows="person:i next_step:c owner:r"),
    EventKind.NEXT_STEPS_SET: _spec("party:i", "due:t", rows="person:i next_step:c owner:r"),
    EventKind.NEXT_STEPS_DONE: _spec("party:i", rows="person:i"),
    EventKind.PERSONS_CLOSED: _spec("reason:c", rows="person:i"),
    EventKind.RESPONSIBILITY_TAKEN: _spec("team:r", rows="person:i"),
    EventKind.HANDOVER_OFFERED: _spec("handover:i giver:r receiver:r", rows="person:i"),
    EventKind.HANDOVER_ACCEPTED: _spec("handover:i", rows="person:i"),
    EventKind.HANDOVER_REFUSED: _spec("handover:i reason:c", rows="person:i"),
    EventKind.HEADS_COUNTED: _spec("count:n owner:r", "point:r leg:r method:c"),
    EventKind.DISCREPANCY_CLOSED: _spec("head_count:i reason:c"),
    EventKind.PRESSURE_TALLIED: _spec("point:r level:c", "count:n"),
    EventKind.CONVOY_REPORTED: _spec("leg:r state:c", "point:r heads:n reason:c"),
    EventKind.WATCHED_SIGNALLED: _spec("point:r party:i"),
    EventKind.LOOKUP_MADE: _spec("by:c hits:n", "point:r"),
    EventKind.USES_RELAYED: _spec("point:r sender:i count:n made:t", "heard:t"),
    EventKind.DEVICE_ENROLLED: _spec("enrolled:r public_key:d role:c", "point:r until:t"),
    EventKind.DEVICE_REVOKED: _spec("revoked:r reason:c", "taken_at:t"),
    EventKind.SITE_RESTORED: _spec("site:r public_key:d former_key:d backup:d"),
    EventKind.EVENTS_ADMITTED: _spec(rows="event:i"),
    EventKind.CLAIMS_CONFIRMED: _spec("reason:c", rows="event:i"),
    EventKind.KEY_ROTATED: _spec("key:r purpose:c", "public_key:d"),
    EventKind.KEY_REVOKED: _spec("key:r purpose:c reason:c"),
    EventKind.RECIPIENT_ADDED: _spec("recipient:r recipient_key:d", "first:r second:r"),
    EventKind.EXPORT_MADE: _spec(
        "export:i what:c recipient:r digest:d people:n", "first:r second:r purpose:c recipient_key:d"
    ),
    EventKind.TEXT_APPROVED: _spec("text:c language:c is_corrected:f"),
    EventKind.TEXT_RELEASED: _spec("text:c digest:d"),
    EventKind.TEXT_TAKEN_BACK: _spec("text:c"),
    EventKind.WINDOWS_MOVED: _spec("plan:r previous:r point:r", rows="party:i minutes:n"),
    EventKind.MESSAGES_RELEASED: _spec("text:c", rows="party:i language:c"),
    EventKind.ACCOUNT_CHANGED: _spec("subject:r act:c", "roles:s second:r place:d"),
    EventKind.BACKUP_MADE: _spec("backup:i digest:d"),
    EventKind.ANNULLED: _spec("event:i reason:c", "first:r second:r"),
}
