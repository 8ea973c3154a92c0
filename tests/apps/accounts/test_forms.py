"""The door: guesses are limited, and nothing tells which names exist."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from safepassage.apps.accounts import forms
from safepassage.apps.accounts.guesses import KEPT_SECONDS
from safepassage.apps.accounts.models import Guesses
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.ledger.models import AccessEntry

PASSWORD = "four random invented words"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


@pytest.fixture(autouse=True)
def clerk(settings, operation):
    return account_create(username="clerk-1", password=PASSWORD, roles=frozenset({Role.INTAKE_CLERK}))


def sign_in(password: str, name: str = "clerk-1", address: str = "192.0.2.1"):
    return Client().post("/login/", {"username": name, "password": password}, REMOTE_ADDR=address)


def wrong(times: int, **place: str):
    return [sign_in(f"guess {number}", **place) for number in range(times)][-1]


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait_at_that_address_alone():
    assert "belong together" in wrong(forms.FROM_ONE_PLACE).text
    halted = sign_in(PASSWORD)
    assert halted.status_code == 429
    assert halted["Retry-After"] == "900"
    assert "Too many wrong passwords" in halted.text
    assert sign_in(PASSWORD, address="192.0.2.2").status_code == 302


def test_a_restart_forgets_no_guess_and_time_does():
    wrong(forms.FROM_ONE_PLACE)
    cache.clear()  # all that a process keeps
    assert sign_in(PASSWORD).status_code == 429
    wrong(50)
    Guesses.objects.update(began_at=F("began_at") - timedelta(seconds=KEPT_SECONDS + 1))
    assert sign_in(PASSWORD).status_code == 302, "however often somebody went on: nobody is locked out for good"


def test_what_is_kept_of_guesses_tells_no_name_and_whoever_goes_on_locks_no_other_place():
    wrong(forms.FOR_ONE_NAME + forms.FROM_ONE_PLACE)
    assert sign_in(PASSWORD, address="192.0.2.2").status_code == 302
    kept = "".join(map(str, Guesses.objects.values_list()))
    assert "clerk-1" not in kept
    assert "192.0.2.1" not in kept


def test_guesses_from_elsewhere_keep_nobody_from_the_laptop_itself():
    for number in range(forms.FOR_ONE_NAME + 1):
        sign_in("a guess", address=f"198.51.100.{number}")
    assert sign_in(PASSWORD, address="203.0.113.1").status_code == 429
    assert sign_in(PASSWORD, address="127.0.0.1").status_code == 302


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has():
    told = [
        [
            re.findall(r'role="alert">(.*?)<', sign_in("a guess", name, "192.0.2.9").text)
            for _ in range(forms.FROM_ONE_PLACE + 1)
        ]
        for name in ("clerk-1", "nobody-1")
    ]
    assert told[0] == told[1]
    assert "Too many" in told[1][-1][0]


def test_a_right_password_starts_the_count_anew_and_costs_nothing():
    for _ in range(3):
        wrong(forms.FROM_ONE_PLACE - 1)
        assert sign_in(PASSWORD).status_code == 302
    for number in range(forms.FROM_ONE_ADDRESS):
        assert sign_in(PASSWORD).status_code == 302, number


def test_one_password_tried_on_everybody_and_changing_addresses_are_halted_too():
    for number in range(forms.FROM_ONE_ADDRESS):
        sign_in("123456789012", name=f"clerk-{number + 2}")
    assert "Too many" in sign_in(PASSWORD).text
    for number in range(forms.FOR_ONE_NAME):
        sign_in("a guess", address=f"198.51.100.{number}")
    assert "Too many" in sign_in(PASSWORD, address="203.0.113.1").text


def test_each_refused_sign_in_is_a_line_and_a_name_that_nobody_has_is_kept_nowhere():
    def told() -> list[tuple[str, str, str]]:
        found = AccessEntry.objects.filter(act__startswith="sign-in").order_by("pk")
        return list(found.values_list("account", "subject", "act"))

    wrong(2)
    sign_in(PASSWORD)
    sign_in("clerk-1", name=PASSWORD, address="192.0.2.7")
    sign_in("", name="clerk-1")
    refused = ("clerk-1", "192.0.2.1", "sign-in refused")
    assert told() == [refused, refused, ("–", "192.0.2.7", "sign-in refused")]
    wrong(forms.FROM_ONE_PLACE + 5)
    assert told()[3:] == [refused] * forms.FROM_ONE_PLACE + [("clerk-1", "192.0.2.1", "sign-in halted")]
