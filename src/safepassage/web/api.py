"""The JSON API under `/api/`: `v1` for the console's figures (signed in), `gate/v1` for devices (bearer token).

Whatever goes wrong is answered as `{code, message, advice}`. The contract is `spec/openapi.json`, held by a test.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from safepassage.apps.gate.api import router as gate_router
from safepassage.core.errors import Problem, ProblemsError, SafePassageError
from safepassage.web.api_figures import router as figures_router
from safepassage.web.problems import STATUS

api = NinjaAPI(
    title="Safe Passage",
    version="1",
    description="Figures of an operation for whoever is signed in, and the endpoint of devices. Nobody's name.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/v1", figures_router)
api.add_router("/gate/v1", gate_router)


def refused(request: HttpRequest, status: int, problems: Sequence[Problem]) -> HttpResponse:
    """The one form of a refusal; where a text has several problems, `message` lists them."""
    first = problems[0]
    told = first.message if len(problems) == 1 else "; ".join(str(problem) for problem in problems)
    body = {"code": first.code, "message": told, "advice": first.advice}
    return api.create_response(request, body, status=status)


@api.exception_handler(SafePassageError)
def on_our_error(request: HttpRequest, error: SafePassageError) -> HttpResponse:
    """An error that we raise on purpose."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    return refused(request, status, error.problems if isinstance(error, ProblemsError) else (error.problem,))


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Nobody whom we know."""
    if request.path.startswith("/api/gate/"):
        told = Problem("not-enrolled", "This device is not enrolled.", advice="Join again at the desk.")
    else:
        told = Problem("not-signed-in", "Nobody is signed in.", advice="Sign in at /login/ first.")
    return refused(request, 401, (told,))


@api.exception_handler(Throttled)
def on_haste(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Too many calls in a minute."""
    told = Problem("too-many-calls", "Too many calls.", advice="Wait a minute, then try again; nothing is lost.")
    answer = refused(request, 429, (told,))
    answer["Retry-After"] = str(error.wait or 60)
    return answer


@api.exception_handler(ValidationError)
def on_misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or a parameter of another shape than the contract's; the fields are named, their values never."""
    fields = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors})
    told = Problem("misshapen", f"Not as agreed: {', '.join(fields)}.", advice="See /api/openapi.json.")
    return refused(request, 422, (told,))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Nothing under this address."""
    return refused(request, 404, (Problem("not-found", "There is nothing here.", advice="See /api/openapi.json."),))


@api.exception_handler(RequestDataTooBig)
def on_too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """A body larger than the site reads at once."""
    told = Problem("too-large", "That is too much at once.", advice="Send fewer items in one call.")
    return refused(request, 413, (told,))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses, e.g. a body that is no JSON."""
    told = Problem("bad-request", "That request can't be read.", advice="Send JSON as in /api/openapi.json.")
    return refused(request, error.status_code, (told,))
