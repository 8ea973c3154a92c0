"""What to do with a pass, in the reader's language: one next step for each verdict."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import reads_english
from safepassage.core.passes import Verdict, VerdictCode

ADVICE: dict[VerdictCode, Promise] = {
    VerdictCode.DEVICE_NOT_ALLOWED: _("Use an enrolled device, or call the site."),
    VerdictCode.UNREADABLE: _("Scan again, or type the short code."),
    VerdictCode.UNKNOWN_KEY: _("Ask which point and day they were told."),
    VerdictCode.BAD_SIGNATURE: _("Keep the people, call a supervisor."),
    VerdictCode.WRONG_OPERATION: _("Call the site."),
    VerdictCode.REVOKED: _("Ask whether they hold a newer pass or know their code."),
    VerdictCode.CLOCK_WRONG: _("Set the clock or sync, then scan again."),
    VerdictCode.WRONG_POINT: _("Tell them privately where it holds, if they can get there."),
    VerdictCode.USED_HERE: _("Look who was admitted with it; a copy may be about."),
    VerdictCode.USED_ELSEWHERE: _("Call the other point; a copy may be about."),
    VerdictCode.ALREADY_ADMITTED: _("Look who was admitted; a copy may be about."),
    VerdictCode.TOO_EARLY: _("Tell them when to come back, or hold them if it is not safe to wait."),
    VerdictCode.EXPIRED: _("Rebook them."),
    VerdictCode.POLICY_NOT_HONOURED: _("Refer them to the site: their case is open."),
    VerdictCode.NOT_BOUND: _("Ask for another document or for the code learnt by heart."),
    VerdictCode.LATE_CHECKPOINT: _("Hold them and have them rebooked; never turn them away."),
    VerdictCode.LIST_TOO_OLD: _("Look twice: documents and faces; sync when you can."),
    VerdictCode.PART_ADMITTED: _("Admit only those whose admission is still open; ask for the others."),
    VerdictCode.VALID: _("Count heads, look at sex and age, then admit."),
}


def said_advice(verdict: Verdict) -> str:
    """The next step for the weightiest code of a verdict; that a bad pass turns nobody away, the page says itself."""
    return verdict.advice if reads_english() else str(ADVICE[verdict.codes[0]])
