"""What the officer reads: one sentence and one next step for each code. The field app has them in three languages."""

from __future__ import annotations

from safepassage.core.passes.values import VerdictCode, VerdictLevel

_LOOK_CLOSER = (
    VerdictCode.NOT_BOUND,
    VerdictCode.LATE_CHECKPOINT,
    VerdictCode.LIST_TOO_OLD,
    VerdictCode.PART_ADMITTED,
)

LEVELS = (
    dict.fromkeys(VerdictCode, VerdictLevel.NOT_VALID)
    | dict.fromkeys(_LOOK_CLOSER, VerdictLevel.LOOK_CLOSER)
    | {VerdictCode.VALID: VerdictLevel.VALID}
)

REASONS = {
    VerdictCode.DEVICE_NOT_ALLOWED: "This device may not check passes at this point.",
    VerdictCode.UNREADABLE: "This is not a pass that can be read.",
    VerdictCode.UNKNOWN_KEY: "No key on this device opens it: another point, another day, or not ours.",
    VerdictCode.BAD_SIGNATURE: "It was altered or forged: its seal or signature does not hold.",
    VerdictCode.WRONG_OPERATION: "It belongs to another operation.",
    VerdictCode.REVOKED: "It was withdrawn.",
    VerdictCode.CLOCK_WRONG: "This device's clock is behind a time that the site has signed.",
    VerdictCode.WRONG_POINT: "It is for another access point.",
    VerdictCode.USED_HERE: "Everybody on it was already admitted here.",
    VerdictCode.USED_ELSEWHERE: "Everybody on it was already admitted at another point.",
    VerdictCode.ALREADY_ADMITTED: "Everybody on it was already admitted by document or code.",
    VerdictCode.TOO_EARLY: "Its window has not begun.",
    VerdictCode.EXPIRED: "Its window is over.",
    VerdictCode.POLICY_NOT_HONOURED: "It was promised under a policy version that is not honoured any more.",
    VerdictCode.NOT_BOUND: "The document shown is of nobody on this pass.",
    VerdictCode.LATE_CHECKPOINT: "Its window is over, and a checkpoint held people on its route.",
    VerdictCode.LIST_TOO_OLD: "What this device knows of withdrawn passes and policies is too old to be sure.",
    VerdictCode.PART_ADMITTED: "Some of the people on it were already admitted.",
    VerdictCode.VALID: "The pass is valid here and now.",
}

_DOCUMENT = " A bad pass is no ground to turn anybody away: look at their documents."

ADVICE = {
    VerdictCode.DEVICE_NOT_ALLOWED: "Use an enrolled device, or call the site." + _DOCUMENT,
    VerdictCode.UNREADABLE: "Scan again, or type the short code." + _DOCUMENT,
    VerdictCode.UNKNOWN_KEY: "Ask which point and day they were told." + _DOCUMENT,
    VerdictCode.BAD_SIGNATURE: "Keep the people, call a supervisor." + _DOCUMENT,
    VerdictCode.WRONG_OPERATION: "Call the site." + _DOCUMENT,
    VerdictCode.REVOKED: "Ask whether they hold a newer pass or know their code." + _DOCUMENT,
    VerdictCode.CLOCK_WRONG: "Set the clock or sync, then scan again." + _DOCUMENT,
    VerdictCode.WRONG_POINT: "Tell them privately where it holds, if they can get there." + _DOCUMENT,
    VerdictCode.USED_HERE: "Look who was admitted with it; a copy may be about." + _DOCUMENT,
    VerdictCode.USED_ELSEWHERE: "Call the other point; a copy may be about." + _DOCUMENT,
    VerdictCode.ALREADY_ADMITTED: "Look who was admitted; a copy may be about." + _DOCUMENT,
    VerdictCode.TOO_EARLY: "Tell them when to come back, or hold them if it is not safe to wait." + _DOCUMENT,
    VerdictCode.EXPIRED: "Rebook them." + _DOCUMENT,
    VerdictCode.POLICY_NOT_HONOURED: "Refer them to the site: their case is open." + _DOCUMENT,
    VerdictCode.NOT_BOUND: "Ask for another document or for the code learnt by heart." + _DOCUMENT,
    VerdictCode.LATE_CHECKPOINT: "Hold them and have them rebooked; never turn them away." + _DOCUMENT,
    VerdictCode.LIST_TOO_OLD: "Look twice: documents and faces; sync when you can." + _DOCUMENT,
    VerdictCode.PART_ADMITTED: "Admit only those whose admission is still open; ask for the others." + _DOCUMENT,
    VerdictCode.VALID: "Count heads, look at sex and age, then admit.",
}
