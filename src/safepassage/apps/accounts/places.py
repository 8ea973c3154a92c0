"""Where an act on an account was done: at this machine, or from which browser. It tells nobody whom or where.

Two founders who both were at one machine may be one person: the board says so until the second has said who they are
(`accounts.founders`). The command line and every browser of the machine itself are one place.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from safepassage.apps.accounts.forms import HERE

_SALT = "safepassage.accounts.place"


def place_here() -> str:
    """This machine."""
    return _digest("here")


def place_of(request: HttpRequest) -> str:
    """The browser of a request; this machine where it runs on it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if address in HERE:
        return place_here()
    return _digest(f"{address} {request.META.get('HTTP_USER_AGENT', '')}")


def _digest(text: str) -> str:
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()
