"""Pages for what went wrong: always what happened and what to do next, never a trace."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from safepassage.apps.accounts.selectors import operation_now
from safepassage.core.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    ProblemsError,
    SafePassageError,
    UnreadableError,
)

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


class OperationClock:
    """Middleware: times on screen are those of the operation's own zone."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sets the zone for this request."""
        try:
            timezone.activate(ZoneInfo(operation_now().time_zone))
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
    """Our own mistake. Drawn without the frame, which may be what is broken."""
    return render(request, "500.html", status=500)
