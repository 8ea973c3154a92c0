"""User names: of one script, in one form, and none that a reader takes for another account's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.apps.accounts.names import likeness, username_new
from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.selectors import account_named
from safepassage.apps.accounts.services import account_create
from safepassage.core.errors import ConflictError, ForbiddenError


@pytest.mark.parametrize(
    "told",
    [
        "d\u0435sk-2",  # Cyrillic ye
        "\u0430\u0440\u0440\u0435",  # all of it Cyrillic
        "d\u03b5sk-2",  # Greek
        "desk-\u0645",  # Latin and Arabic in one
        "des\u200bk-2",  # a blank without width
        "desk\u200f-2",  # a mark of direction
        "\u202edesk-2",
        "de\u0301sk-2",  # a mark on a letter
        "desk\u00ad-2",  # a soft hyphen
        "desk 2", "", "..", "a/b", "@machine", "x" * 61,
    ],
)  # fmt: skip
def test_other_scripts_mixed_ones_and_invisible_signs_are_no_user_name(told):
    with pytest.raises(ForbiddenError, match="can't be a user name"):
        username_new(told, given=[])


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ("desk-2", "DESK-2"),
        ("desk-2", "\uff44\uff45\uff53\uff4b-2"),  # full width
        ("desk-1", "desk-l"),
        ("desk-1", "desk-I"),
        ("desk-0", "desk-O"),
        ("desk-2", "desk-\u06f2"),  # a Persian figure
        ("\u0645\u06cc\u0632-1", "\u0645\u064a\u0632-1"),  # Farsi and Arabic yeh
        ("\u06a9\u0645\u06a9", "\u0643\u0645\u0643"),  # both kafs
        ("desk-2", "desk_2"),
        ("team-1", "tearn-1"),  # m and rn, as TR 39 has them
        ("KILO-10", "kl1o-lo"),
    ],
)
def test_a_name_that_looks_like_another_account_s_is_refused(taken, told):
    with pytest.raises(ConflictError, match=r"taken|looks like another") as refused:
        username_new(told, given=["reviewer-1", taken])
    assert taken in str(refused.value)


@pytest.mark.parametrize("told", ["desk-3", "gate.north", "shift_7", "\u0645\u06cc\u0632-2", "k.t", "12"])
def test_duty_names_of_either_script_are_kept_as_they_are(told):
    assert username_new(told, given=["desk-2", "\u0645\u06cc\u0632-1"]) == told


@pytest.mark.parametrize(
    ("taken", "told"),
    [("desk-b", "desk-8"), ("desk-5", "desk-s"), ("desk-2", "desk-z"), ("gate-6", "gate-g"), ("desk-d", "desk-0")],
)
def test_what_only_a_worn_document_makes_alike_is_another_name(taken, told):
    assert username_new(told, given=[taken]) == told


def test_full_width_is_kept_in_its_plain_form():
    assert username_new("\uff44\uff45\uff53\uff4b-2", given=[]) == "desk-2"


@pytest.mark.django_db
def test_a_closed_account_s_name_is_no_other_s_either(operation):
    account_create(username="desk-1", password=None, roles=frozenset({Role.REPORTER}))
    account = account_named("desk-1")
    account.is_active = False
    account.save()
    with pytest.raises(ConflictError):
        account_create(username="desk-L", password=None, roles=frozenset({Role.REPORTER}))


@given(st.text(max_size=12))
def test_what_is_kept_is_plain_and_stays_itself(told):
    try:
        name = username_new(told, given=[])
    except ForbiddenError:
        return
    assert unicodedata.is_normalized("NFKC", name)
    assert not any(unicodedata.category(char) in {"Cf", "Mn", "Zs", "Cc"} for char in name)
    assert username_new(name, given=[]) == name
    with pytest.raises(ConflictError, match="taken"):
        username_new(name, given=[name])
    assert likeness(name) == likeness(name.upper())
