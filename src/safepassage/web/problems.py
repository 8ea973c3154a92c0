"""Pages for what went wrong: always what happened and what to do next, never a trace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from safepassage import vault
from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.ledger.damage import store_damage
from safepassage.core.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    ProblemsError,
    SafePassageError,
    UnreadableError,
)
from safepassage.web.settings import secret_settle
from safepassage.web.shut import locked_answer

Answer = Callable[[HttpRequest], HttpResponseBase]
STATUS: dict[type[SafePassageError], int] = {
    NotFoundError: 404,
    ConflictError: 409,
    ForbiddenError: 403,
    ProblemsError: 422,
    UnreadableError: 422,
}


class ProblemPage:
    """Middleware: an error of ours becomes a page with its sentence and its advice."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes the request on, unless it holds a sign that no store keeps: nothing is found under that."""
        asked = (values for fields in (request.GET, request.POST) for values in fields.lists())
        if "\0" in request.path or any("\0" in text for _name, texts in asked for text in texts):
            return render(request, "404.html", status=404)
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of one of our errors; others stay Django's."""
        if not isinstance(error, SafePassageError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        problems = error.problems if isinstance(error, ProblemsError) else (error.problem,)
        return render(request, "problem.html", {"problems": problems, "status": status}, status=status)


class LockedPage:
    """Middleware: once somebody has locked the store, every page says so, whatever this process still remembers."""

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes the request on while the store is open."""
        if vault.is_locked():
            return locked_answer(request)
        secret_settle()
        return self.answer(request)


API_PROBLEMS: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "That request can't be read.", "Send JSON as in /api/openapi.json."),
    403: ("refused", "That is refused.", "Sign in again, and call from this site."),
    404: ("not-found", "There is nothing here.", "See /api/openapi.json."),
    405: ("method-not-allowed", "This address takes no such call.", "See /api/openapi.json."),
    413: ("too-large", "That is too much at once.", "Send fewer items in one call."),
    503: ("store-unread", "The site can't read its store.", "Keep what you have; tell whoever runs the site."),
    500: ("our-mistake", "The site made a mistake.", "Try again; if it stays, tell whoever runs the site."),
}


class ApiProblems:
    """Middleware, outermost but for the headers: under `/api/` every refusal is JSON, whoever refused."""

    sync_capable, async_capable = True, False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes the request on; a refusal in another form becomes `{code, message, advice}`."""
        answer = self.answer(request)
        if not request.path.startswith("/api/") or answer.status_code < HTTPStatus.BAD_REQUEST:
            return answer
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer
        code, message, advice = API_PROBLEMS.get(answer.status_code, API_PROBLEMS[400])
        told = JsonResponse({"code": code, "message": message, "advice": advice}, status=answer.status_code)
        if "Allow" in answer.headers:
            told["Allow"] = answer.headers["Allow"]
        return told


class OperationClock:
    """Middleware: times on screen are those of the operation's own zone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sets the zone for this request."""
        try:
            timezone.activate(operation_now().zone)
        except NotFoundError:
            timezone.deactivate()
        return self.answer(request)


def page_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A request that Django refused (not a missing role: that is `refused.html`)."""
    return render(request, "403.html", status=403)


def page_unaccepted(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that came without our own mark: too old, or from another site."""
    return render(request, "403.html", status=403)


def page_missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Nothing under this address."""
    return render(request, "404.html", status=404)


def page_broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake, or a store that can't be read. Drawn without the frame, which may be what is broken."""
    error = sys.exc_info()[1]
    told = error if isinstance(error, SafePassageError) else store_damage(error)
    if told is not None:
        return render(request, "stopped.html", {"problem": told.problem}, status=503)
    return render(request, "500.html", status=500)
