"""Every address of the project, for every role: allowed or refused exactly as the table of permissions says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from safepassage.apps.accounts.roles import PERMISSIONS, Role

OPEN_TO_ALL = {"login", "logout", "set_language", "health"}
"""Addresses that need no account; whoever adds one says why here: the door itself, and the monitor's question."""
GUARDED_OTHERWISE = ("api/", "field/")
"""Prefixes that devices use: their tokens are asked for, or nothing secret is there; they have tests of their own."""
SAMPLES = {"int": "1", "slug": "none-such", "str": "none-such", "uuid": "0" * 32, "path": "none-such"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def address(route: str, pattern: URLPattern) -> str:
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(f"<{name}>", SAMPLES[kind])
    return "/" + route


PAGES = [
    (route, pattern)
    for route, pattern in patterns(get_resolver(settings.ROOT_URLCONF))
    if pattern.name not in OPEN_TO_ALL and not route.startswith(GUARDED_OTHERWISE)
]
NAMES = [route or "(board)" for route, _ in PAGES]


def answer(client: Client, route: str, pattern: URLPattern):
    """What the page says to a GET, or to an empty POST where it takes no GET."""
    client.raise_request_exception = False
    found = client.get(address(route, pattern))
    return client.post(address(route, pattern)) if found.status_code == 405 else found


def is_refused(response) -> bool:
    return response.status_code == 403 and "refused.html" in {one.name for one in response.templates}


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=NAMES)
def test_a_page_names_the_permission_that_it_takes(route: str, pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "permission", None) in PERMISSIONS, f"{route} lacks @requires(...)"


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=NAMES)
def test_a_page_lets_in_the_roles_of_its_permission_and_no_others(route: str, pattern: URLPattern, signed_in) -> None:
    for role in Role:
        response = answer(signed_in(role), route, pattern)
        allowed = role in PERMISSIONS[pattern.callback.permission]
        assert is_refused(response) is not allowed, f"{role} at {route}: {response.status_code}"
        assert response.status_code < 500, f"{role} at {route} broke it"


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=NAMES)
def test_a_page_sends_strangers_to_the_door(route: str, pattern: URLPattern, operation) -> None:
    response = answer(Client(), route, pattern)
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
