"""The door of every page: signed in, and allowed to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from safepassage.apps.accounts.models import Account
from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; only for views behind `requires`."""
    return cast("Account", request.user)


def refuse(request: HttpRequest, permission: str) -> HttpResponse:
    """A page that says what is missing and which roles have it."""
    holders = sorted(str(ROLE_NAMES[role]) for role in PERMISSIONS[permission])
    return render(request, "refused.html", {"permission": permission, "holders": holders}, status=403)


def requires(permission: str) -> Callable[[View[P]], View[P]]:
    """Lets a view be seen only by accounts that may do `permission`.

    Raises:
        KeyError: at import, for a permission that is not in the table.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not account_of(request).may(permission):
                return refuse(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        checked = login_required(guarded)
        checked.permission = permission  # type: ignore[attr-defined]
        return cast("View[P]", checked)

    return wrap
