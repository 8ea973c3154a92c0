"""The navigation: the corridor in its order, each place behind its permission."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the console: the name of its URL, its label, and what it takes to see it."""

    url: str
    label: str | Promise
    permission: str


PLACES = (
    Place("console:board", _("Board"), "board.see"),
    Place("console:sources", _("Lists"), "source.see"),
    Place("console:reviews", _("Reviews"), "review.see"),
    Place("console:parties", _("Parties"), "person.see"),
    Place("console:policy", _("Policy"), "policy.see"),
    Place("console:plan", _("Plan"), "plan.see"),
    Place("console:calls", _("Calls"), "call.make"),
    Place("console:passes", _("Passes"), "pass.issue"),
    Place("console:gate", _("Gate"), "gate.log"),
    Place("console:counts", _("Counts"), "counts.see"),
    Place("console:left-behind", _("Left behind"), "person.see"),
    Place("console:devices", _("Devices"), "device.manage"),
    Place("console:accounts", _("Accounts"), "account.manage"),
    Place("console:vouching", _("Vouching"), "account.vouch"),
    Place("console:access-log", _("Access log"), "access-log.see"),
)


def is_built(place: Place) -> bool:
    """Whether the place has a page."""
    return _has_page(place.url)


@functools.cache
def _has_page(url: str) -> bool:
    try:
        reverse(url)
    except NoReverseMatch:
        return False
    return True


def places_for(account: Account) -> tuple[Place, ...]:
    """The places that an account may see, in the order of the corridor."""
    return tuple(place for place in PLACES if account.may(place.permission) and is_built(place))
