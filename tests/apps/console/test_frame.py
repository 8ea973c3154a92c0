"""The frame: door, navigation, languages, pages for what went wrong, health."""

from __future__ import annotations

import pytest
from django.test import Client

from safepassage.apps.accounts.roles import PERMISSIONS, Role
from safepassage.apps.console.navigation import PLACES, is_built

pytestmark = pytest.mark.django_db


def test_the_door_opens_before_there_is_an_operation() -> None:
    response = Client().get("/login/")
    assert response.status_code == 200
    assert "دری" in response.text


def test_whoever_signs_in_lands_on_the_board(operation) -> None:
    from safepassage.apps.accounts.services import account_create

    account_create(username="desk", password="four random words here", roles=frozenset(Role))
    response = Client().post("/login/", {"username": "desk", "password": "four random words here"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Kabul test" in response.text


def test_a_wrong_password_says_what_to_do(operation) -> None:
    response = Client().post("/login/", {"username": "desk", "password": "wrong"})
    assert "ask an administrator" in response.text


def test_the_navigation_shows_only_what_a_role_may_see(signed_in) -> None:
    page = signed_in(Role.REPORTER).get("/").text
    for place in PLACES:
        if is_built(place):
            assert (f">{place.label}</a>" in page) is (Role.REPORTER in PERMISSIONS[place.permission]), place.url


def test_dari_runs_from_right_to_left(signed_in) -> None:
    client = signed_in(Role.REPORTER)
    client.post("/language/", {"language": "fa-af", "next": "/"})
    assert 'dir="rtl"' in client.get("/").text


def test_an_unknown_address_says_what_to_do(signed_in) -> None:
    response = signed_in(Role.REPORTER).get("/no/such/place/")
    assert response.status_code == 404
    assert "Go to the board" in response.text


def test_health_says_nothing_about_the_operation(operation) -> None:
    response = Client().get("/health/")
    assert response.json()["status"] == "ok"
    assert "kabul" not in response.text


def test_a_sign_that_no_store_keeps_finds_nothing_on_any_page(signed_in) -> None:
    client = signed_in(Role.PLANNER, Role.ADJUDICATOR)
    for page in ("/parties/%00/", "/plan/?plan=%00", "/%00"):
        assert client.get(page).status_code == 404, page
    assert client.post("/reviews/undo/", {"pair": "a\0:b"}).status_code == 404


def test_no_page_stays_in_a_browser_after_somebody_signed_out(signed_in) -> None:
    client = signed_in(Role.SUPERVISOR)
    for address in ("/", "/parties/", "/parties/search/", "/persons/P-0000000000AA/", "/calls/", "/login/", "/none/"):
        assert "no-store" in client.get(address)["Cache-Control"], address
    assert "no-store" in client.post("/calls/sheet.xlsx")["Cache-Control"]
