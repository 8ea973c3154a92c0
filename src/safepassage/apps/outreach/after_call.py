"""What comes next after a call, by its outcome: said to whoever notes it, on the page and by the command."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safepassage.apps.outreach.models import Call

_NEXT: dict[str, tuple[str | Promise, str | Promise]] = {
    Call.Outcome.REACHED: (
        _("Next: issue their pass. Later plans keep this place as long as they can."),
        _("Next: nothing; they are called again once they have a place."),
    ),
    Call.Outcome.MOVED: (
        _("Next: ask where they are now and whether they can come; take a corrected list in, and plan again."),
        _("Next: ask where they are now; take a corrected list in before the next plan."),
    ),
    Call.Outcome.REFUSED: (
        _("Next: plan again, and their seats go to others. They get no pass. If they ask, call them again."),
        _("Next: nothing; they get no seat and no pass. If they ask, call them again."),
    ),
    Call.Outcome.UNSAFE: (
        _("Next: tell them another way, by whom they trust. They keep seat and pass; their numbers are hidden."),
        _("Next: tell them another way, by whom they trust. Their numbers are hidden."),
    ),
    Call.Outcome.NO_ANSWER: (
        _("Next: call again later, or try another number of the family."),
        _("Next: call again later, or try another number of the family."),
    ),
    Call.Outcome.WRONG_NUMBER: (
        _("Next: find another number: other members, other lists, whoever sent the list."),
        _("Next: find another number: other members, other lists, whoever sent the list."),
    ),
}
"""With a place in the published plan, and without one."""


def next_after_call(outcome: str, *, has_place: bool) -> str:
    """What is done next, in the reader's language; empty before a call."""
    with_place, without = _NEXT.get(outcome, ("", ""))
    return str(with_place if has_place else without)
