"""Accounts and their roles, and the access log."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.accounts.founders import account_confirm, founders_together
from safepassage.apps.accounts.hands import traces_now
from safepassage.apps.accounts.officers import account_withdrawal_answer
from safepassage.apps.accounts.opening import began_at
from safepassage.apps.accounts.places import place_of
from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES, Role
from safepassage.apps.accounts.selectors import account_named, accounts_all
from safepassage.apps.accounts.services import (
    account_active_set,
    account_create,
    account_password_set,
    account_roles_set,
    password_check,
)
from safepassage.apps.accounts.two_people import Proven, account_prove, accounts_unsettled, accounts_withdrawn
from safepassage.apps.console.paging import page_of
from safepassage.apps.ledger.selectors import accesses_all
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
        by, second = account_of(request).username, _second_said(request)
        place = place_of(request)
        account_create(username=username, password=password, roles=roles, by=by, second=second, place=place)
        messages.success(request, _("The account %(name)s is made.") % {"name": username})
        return redirect("console:accounts")
    context = {
        "accounts": accounts_all(),
        "unsettled": {one.account.username: one for one in accounts_unsettled()},
        "roles": [(role.value, name) for role, name in ROLE_NAMES.items()],
        "table": [(word, holders) for word, holders in PERMISSIONS.items()],
        "role_list": list(Role),
    }
    return render(request, "console/accounts.html", context)


def _second_said(request: HttpRequest) -> Proven | None:
    """Whoever typed their name and password beside the first, proven; nobody where the fields are empty."""
    name = request.POST.get("second", "").strip()
    return account_prove(username=name, password=request.POST.get("second_password", "")) if name else None


def _roles_said(request: HttpRequest) -> frozenset[Role]:
    return frozenset(Role(code) for code in request.POST.getlist("role") if code in set(Role))


@require_POST
@requires("account.manage")
def account_change(request: HttpRequest, username: str) -> HttpResponse:
    """Gives an account other roles, closes it, or opens it again."""
    account, act, by = account_named(username), request.POST.get("act", ""), account_of(request).username
    if act == "roles":
        account_roles_set(account=account, roles=_roles_said(request), by=by, second=_second_said(request))
        said = _("%(name)s has its new roles.")
    elif act in {"close", "open"}:
        account_active_set(account=account, is_active=act == "open", by=by)
        said = _("%(name)s is open again.") if act == "open" else _("%(name)s is closed.")
    elif act == "password":
        password = request.POST.get("password", "")
        place = place_of(request)
        account_password_set(account=account, password=password, by=by, second=_second_said(request), place=place)
        said = _("%(name)s has a new password.")
    else:
        raise ForbiddenError("That can't be done to an account.", advice="Load the page again.")
    messages.success(request, said % {"name": username})
    return redirect("console:accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("account.vouch")
def vouching(request: HttpRequest) -> HttpResponse:
    """What another officer has to look at: accounts in others' hands, and what one person took from officers."""
    if request.method == "POST":
        account, by = account_named(request.POST.get("username", "")), account_of(request).username
        answer = request.POST.get("answer", "")
        if answer == "confirm":
            holder = account_prove(username=by, password=request.POST.get("password", ""))
            account = account_confirm(holder=holder, began=began_at(request), place=place_of(request))
            said = _("You have said that you are another person. It stands in the record under your name.")
        elif answer in {"agree", "object"}:
            account_withdrawal_answer(account=account, is_agreed=answer == "agree", by=by)
            said = _("You agreed.") if answer == "agree" else _("%(name)s is an officer again, as before.")
        else:
            password, place = request.POST.get("password", ""), place_of(request)
            account_password_set(account=account, password=password, by=by, is_vouching=True, place=place)
            said = _("You vouched for %(name)s. Next they sign in and choose a password of their own.")
        messages.success(request, said % {"name": account.username})
        return redirect("console:vouching")
    context = {
        "accounts": accounts_unsettled(),
        "withdrawn": accounts_withdrawn(),
        "together": founders_together(),
        "session_began": began_at(request),
    }
    return render(request, "console/vouching.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("board.see")
def own_password(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in chooses a password of their own; the one before is asked for."""
    account = account_of(request)
    if request.method == "POST":
        account_prove(username=account.username, password=request.POST.get("former", ""))
        password, place = request.POST.get("password", ""), place_of(request)
        account_password_set(account=account, password=password, by=account.username, place=place)
        update_session_auth_hash(request, account)
        messages.success(request, _("You have a password of your own."))
        return redirect("console:board")
    return render(request, "console/own_password.html", {"hands": traces_now().of(account.username).hands})


@require_safe
@requires("access-log.see")
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at what, the newest first; of one account or one record if asked."""
    subject, who = request.GET.get("subject", "").strip(), request.GET.get("account", "").strip()
    page = page_of(request, accesses_all(subject=subject, account=who), size=100)
    return render(request, "console/access_log.html", {"page": page, "subject": subject, "who": who})
