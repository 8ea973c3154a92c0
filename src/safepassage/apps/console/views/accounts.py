"""Accounts and their roles, and the access log."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES, Role
from safepassage.apps.accounts.selectors import account_named, accounts_all
from safepassage.apps.accounts.services import (
    account_active_set,
    account_create,
    account_password_set,
    account_roles_set,
    password_check,
)
from safepassage.apps.accounts.two_people import account_vouch, accounts_unvouched
from safepassage.apps.console.paging import page_of
from safepassage.apps.ledger.selectors import accesses_all
from safepassage.apps.ledger.services import access_note, account_ref
from safepassage.core.errors import ForbiddenError


@require_http_methods(["GET", "HEAD", "POST"])
@requires("account.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts; a POST makes one."""
    if request.method == "POST":
        username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
        roles = _roles_said(request)
        if not username or not roles:
            raise ForbiddenError(
                "An account needs a user name and a role.", advice="Use a duty name or initials, not a full name."
            )
        password_check(username=username, password=password)
        account_create(username=username, password=password, roles=roles, by=account_of(request).username)
        _note(request, username, "account made")
        messages.success(request, _("The account %(name)s is made.") % {"name": username})
        return redirect("console:accounts")
    context = {
        "accounts": accounts_all(),
        "hands": {account.username: names for account, names in accounts_unvouched()},
        "roles": [(role.value, name) for role, name in ROLE_NAMES.items()],
        "table": [(word, holders) for word, holders in PERMISSIONS.items()],
        "role_list": list(Role),
    }
    return render(request, "console/accounts.html", context)


def _roles_said(request: HttpRequest) -> frozenset[Role]:
    return frozenset(Role(code) for code in request.POST.getlist("role") if code in set(Role))


def _note(request: HttpRequest, username: str, act: str) -> None:
    access_note(
        account=account_of(request).username,
        subjects=[account_ref(username)],
        act=act,
        purpose="account",
        now=timezone.now(),
    )


@require_POST
@requires("account.manage")
def account_change(request: HttpRequest, username: str) -> HttpResponse:
    """Gives an account other roles, closes it, or opens it again."""
    account, act, by = account_named(username), request.POST.get("act", ""), account_of(request).username
    if act == "roles":
        account_roles_set(account=account, roles=_roles_said(request), by=by)
        said = _("%(name)s has its new roles.")
    elif act in {"close", "open"}:
        account_active_set(account=account, is_active=act == "open", by=by)
        said = _("%(name)s is open again.") if act == "open" else _("%(name)s is closed.")
    elif act == "password":
        account_password_set(account=account, password=request.POST.get("password", ""), by=by)
        said = _("%(name)s has a new password.")
    else:
        raise ForbiddenError("That can't be done to an account.", advice="Load the page again.")
    _note(request, username, f"account {act}")
    messages.success(request, said % {"name": username})
    return redirect("console:accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("account.vouch")
def vouching(request: HttpRequest) -> HttpResponse:
    """Accounts that sign and in which somebody else had a hand; a POST vouches for whoever holds one."""
    if request.method == "POST":
        account = account_named(request.POST.get("username", ""))
        account_vouch(account=account, password=request.POST.get("password", ""), by=account_of(request).username)
        _note(request, account.username, "account vouched for")
        messages.success(request, _("You vouched for %(name)s.") % {"name": account.username})
        return redirect("console:vouching")
    return render(request, "console/vouching.html", {"accounts": accounts_unvouched()})


@require_safe
@requires("access-log.see")
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at what, the newest first; of one account or one record if asked."""
    subject, who = request.GET.get("subject", "").strip(), request.GET.get("account", "").strip()
    page = page_of(request, accesses_all(subject=subject, account=who), size=100)
    return render(request, "console/access_log.html", {"page": page, "subject": subject, "who": who})
