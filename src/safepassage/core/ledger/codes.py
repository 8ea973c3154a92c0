"""Closed lists of codes in the bodies of events."""

from __future__ import annotations

from safepassage.core.ledger.kinds import EventKind

OUTCOMES = ("reached", "no-answer", "moved", "refused", "unsafe-to-call", "wrong-number")
"""Closed: the outcome of a call."""

FACT_EVIDENCE = (
    *("original-seen", "copy-seen", "authority-confirmed"),
    *("employer-confirmed", "found-in-register", "witness-heard", "they-say-so"),
)
"""Closed: by what a fact about a person was checked."""

PLACES = ("staging-base", "safe-haven")
"""Closed: where a journey's leg can end."""

ACTS_OF_TWO = ("policy", "override", "judgement")
"""Closed: what one account asks for and another agrees to later."""

CLOSED_CODES: dict[tuple[EventKind, str], tuple[str, ...]] = {
    (EventKind.CALL_OUTCOMES, "outcome"): OUTCOMES,
    (EventKind.FACTS_CHECKED, "evidence"): FACT_EVIDENCE,
    (EventKind.RELATIONS_STATED, "evidence"): FACT_EVIDENCE,
    (EventKind.PERSONS_ARRIVED, "place"): PLACES,
    (EventKind.PRESSURE_TALLIED, "level"): ("calm", "dense", "dangerous"),
    (EventKind.ENCOUNTER, "verdict"): ("valid", "look-closer", "not-valid", "no-pass"),
    (EventKind.ENCOUNTER, "role"): ("access-point", "rover", "bus", "rally-point", "staging-base"),
    (EventKind.CONVOY_REPORTED, "state"): ("stopped", "turned-back", "let-through", "let-through-with-fewer"),
    (EventKind.JUDGEMENTS_GIVEN, "verdict"): (
        "same",
        "different",
        "unsure",
        "keep-apart",
        "household",
        "other-household",
    ),
    (EventKind.ACCOUNT_CHANGED, "act"): (
        *("created", "roles-set", "closed", "opened", "password-set", "vouched"),
        *("password-own", "withdrawal-agreed", "founded-anew", "recovered", "confirmed"),
    ),
    (EventKind.SECOND_ASKED, "what"): ACTS_OF_TWO,
    (EventKind.SECOND_AGREED, "what"): ACTS_OF_TWO,
    (EventKind.SECOND_REFUSED, "what"): ACTS_OF_TWO,
    (EventKind.SECOND_LAPSED, "what"): ACTS_OF_TWO,
    (EventKind.POLICY_UNSIGNED, "reason"): ("no-signer", "one-person", "no-signer-one-person"),
    (EventKind.WALK_INS, "sex"): ("f", "m", "x", "u"),
    (EventKind.WALK_INS, "age_band"): ("infant", "child", "adolescent", "adult", "older", "unknown"),
}
"""Codes of which the ledger itself knows the list; the other codes belong to the rooms that write them."""
