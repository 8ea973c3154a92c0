"""Closed codes in the reader's language. A code without a word here is shown as it is: never hidden."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safepassage.core.ledger import UNKNOWN, Stage

Words = dict[str, str | Promise]

STAGES: dict[Stage, str | Promise] = {
    Stage.KNOWN: _("known"),
    Stage.IDENTIFIED: _("identified"),
    Stage.ELIGIBLE: _("eligible"),
    Stage.CALLED: _("called"),
    Stage.BOOKED: _("booked"),
    Stage.UNDER_WAY: _("under way"),
    Stage.AT_ACCESS_POINT: _("at the access point"),
    Stage.ADMITTED: _("admitted"),
    Stage.PROCESSED: _("processed"),
    Stage.BOARDED: _("boarded"),
    Stage.DEPARTED: _("departed"),
    Stage.AT_STAGING_BASE: _("at a staging base"),
    Stage.AT_SAFE_HAVEN: _("at the safe haven"),
    Stage.CLOSED: _("closed"),
    Stage.NOT_ELIGIBLE: _("not eligible"),
    Stage.TURNED_AWAY: _("turned away"),
    Stage.NO_SHOW: _("no-show"),
    Stage.NOT_FOUND: _("not found"),
    Stage.DECLINED: _("declined"),
    Stage.DETAINED: _("detained"),
    Stage.MISSING: _("missing"),
    Stage.DIED: _("died"),
    Stage.LEFT_BEHIND: _("left behind"),
}
CATEGORIES: Words = {
    UNKNOWN: _("unknown"),
    "citizen": _("citizen"),
    "resident": _("resident"),
    "visa-holder": _("visa holder"),
    "staff": _("staff"),
    "partner-staff": _("partner staff"),
}
VERDICTS: Words = {
    "valid": _("valid"),
    "look-closer": _("look closer"),
    "not-valid": _("not valid"),
    "no-pass": _("no pass"),
}
LEVELS: Words = {"calm": _("calm"), "dense": _("dense"), "dangerous": _("dangerous")}
DEVICE_ROLES: Words = {
    "access-point": _("access point"),
    "rover": _("rover"),
    "bus": _("bus"),
    "staging-base": _("staging base"),
    "site": _("site"),
}
POINT_KINDS: Words = {
    "rally-point": _("rally points"),
    "counterpart-checkpoint": _("checkpoint authority"),
    "access-point": _("access points"),
    "control-centre": _("evacuation control centre"),
    "embarkation-point": _("embarkation"),
    "debarkation-point": _("debarkation"),
    "staging-base": _("staging bases"),
    "safe-haven": _("safe havens"),
}
MODES: Words = {
    "bus": _("bus"),
    "car": _("car"),
    "foot": _("on foot"),
    "flight": _("flight"),
    "helicopter": _("helicopter"),
    "boat": _("boat"),
    "rail": _("rail"),
}
ALARMS: Words = {
    "admitted-twice": _("admitted twice: a copied pass, or one person at two points"),
    "seen-after-death": _("seen after a reported death"),
    "turned-away-inside": _("turned away after having been admitted"),
    "handover-not-offered": _("a hand-over accepted that nobody offered"),
    "not-responsible": _("a team handed over people it did not answer for"),
    "taken-without-handover": _("people taken over without a hand-over"),
    "never-assigned": _("events about an id that was never assigned here"),
    "redirect-circle": _("merged ids that lead in a circle"),
    "nonce-reused": _("one device wrote two events under one number"),
    "annuls-nothing": _("a correction of an event that is not here"),
    "revoked-pass-used": _("a revoked pass was used"),
    "after-revocation": _("a withdrawn device went on writing"),
    "late": _("events that arrived late"),
    "clock-ahead": _("events from a device whose clock runs ahead"),
    "empty": _("events without content"),
    "two-sexes": _("people with two sexes stated"),
    "two-valid-passports": _("people with two valid passports"),
    "births-far-apart": _("people with birth dates far apart"),
    "judgements-contradict": _("judgements that contradict each other"),
    "kept-apart-linked": _("people to be kept apart who are linked all the same"),
    "judged-listing-missing": _("judgements about listings that are gone"),
}


def say(words: Words, code: str) -> str:
    """The word for a code, or the code with blanks for its dashes."""
    return str(words.get(code, code.replace("-", " ")))


def say_stage(stage: Stage) -> str:
    """The name of a stage."""
    return str(STAGES[stage])
