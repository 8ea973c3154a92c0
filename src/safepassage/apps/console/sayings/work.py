"""What came of long work, in the reader's language, and where to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safepassage.apps.work.kinds import Result, WorkKind

if TYPE_CHECKING:
    from safepassage.apps.work.models import Job


def after(job: Job) -> str:
    """The address where whoever asked goes on."""
    try:
        return _after(job)
    except _UNREAD:
        return reverse("console:jobs")


def _after(job: Job) -> str:
    match job.kind:
        case WorkKind.RESOLVE:
            return reverse("console:reviews" if job.arguments.get("from") == "reviews" else "console:sources")
        case WorkKind.PLAN:
            return f"{reverse('console:plan')}?{urlencode({'plan': job.result['plan']})}"
        case WorkKind.INTAKE:
            return reverse("console:batch", args=[job.result["batch"]])
        case _:
            return reverse(_PAGES[WorkKind(job.kind)])


def said_done(job: Job) -> str:
    """What was done, in a sentence or two."""
    try:
        return _SENTENCES[WorkKind(job.kind)](job.result)
    except _UNREAD:
        return _("It is done. What came of it can't be read: `safepassage gate check` says what is damaged.")


def _said_applied(found: Result) -> str:
    said = ngettext(
        "%(count)d party has its standing under %(policy)s %(version)s.",
        "%(count)d parties have their standing under %(policy)s %(version)s.",
        found["count"],
    )
    return said % found


def _said_planned(_found: Result) -> str:
    return _("The draft is made and judged. Compare it with the published plan, then publish.")


def _said_taken_in(found: Result) -> str:
    if not found["is_new"]:
        return _("This very list was taken in before; nothing has changed.")
    said = ngettext("%(count)d listing is taken in.", "%(count)d listings are taken in.", found["count"])
    return said % {"count": found["count"]}


def _said_issued(found: Result) -> str:
    if not found["count"]:
        return _("Nobody is due a pass.")
    said = ngettext("%(count)d pass is issued.", "%(count)d passes are issued.", found["count"]) % found
    unsafe = found.get("unsafe", 0)
    warning = ngettext(
        "%(unsafe)d of them is for a party that is unsafe to call: hand it over without a call.",
        "%(unsafe)d of them are for parties that are unsafe to call: hand them over without a call.",
        unsafe,
    )
    return f"{said} {warning % {'unsafe': unsafe}}" if unsafe else said


def _said_erased(found: Result) -> str:
    said = ngettext("%(count)d listing is erased.", "%(count)d listings are erased.", found["count"])
    return said % found + " " + _("Ids and events stay; they name nobody.")


def _said_proposed(found: Result) -> str:
    if not found["is_new"]:
        return _("The lists teach nothing else than what is in force.")
    return _("A version is proposed. Look at what it would change, then adopt it or leave it.")


def _said_levers(found: Result) -> str:
    if not found["is_whole"]:
        return _("Time was too short to try everything: there may be more than stands here.")
    if not found["levers"]:
        return _("Nothing that a vehicle, an hour or beds more would change: nobody more would get out by it.")
    return _("What binds the plan, and what a little more would bring, stands on the plan page.")


def _said_resolved(found: Result) -> str:
    parts = (
        ngettext("%(n)d listing", "%(n)d listings", found["listings"]) % {"n": found["listings"]},
        ngettext("%(n)d person", "%(n)d persons", found["persons"]) % {"n": found["persons"]},
        ngettext("%(n)d party", "%(n)d parties", found["parties"]) % {"n": found["parties"]},
        ngettext("%(n)d question is open", "%(n)d questions are open", found["reviews"]) % {"n": found["reviews"]},
    )
    said = _("%(listings)s, %(persons)s, %(parties)s; %(reviews)s.") % dict(
        zip(("listings", "persons", "parties", "reviews"), parts, strict=True)
    )
    held = found.get("held", 0)
    if not held:
        return said
    text = ngettext(
        "%(n)d change is held back for a second person.", "%(n)d changes are held back for a second person.", held
    )
    return f"{said} {text % {'n': held}}"


_UNREAD = (KeyError, TypeError, ValueError)
"""What a result raises that is not what its kind of work leaves."""
_PAGES = {
    WorkKind.APPLY_POLICY: "console:policy",
    WorkKind.ERASE: "console:parties",
    WorkKind.PASSES: "console:passes",
    WorkKind.LEVERS: "console:plan",
    WorkKind.PROPOSE_MATCHER: "console:matcher",
}
_SENTENCES: dict[WorkKind, Callable[[Result], str]] = {
    WorkKind.RESOLVE: _said_resolved,
    WorkKind.APPLY_POLICY: _said_applied,
    WorkKind.PLAN: _said_planned,
    WorkKind.INTAKE: _said_taken_in,
    WorkKind.PASSES: _said_issued,
    WorkKind.ERASE: _said_erased,
    WorkKind.PROPOSE_MATCHER: _said_proposed,
    WorkKind.LEVERS: _said_levers,
}
