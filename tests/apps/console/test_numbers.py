"""Numbers as forms say them: no text is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.apps.accounts.roles import Role
from safepassage.apps.console.numbers import number_said

from .people import party_of


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = number_said(text)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("007", 7), ("۷", 7), ("²", None), ("-1", None), ("1.5", None), ("9" * 6000, None)]
)
def test_what_is_a_number(text: str, number: int | None) -> None:
    assert number_said(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("tier", ["0" * 8 + "1" + "0" * 6000, "9" * 30, "0", "100", "x"])
def test_a_tier_that_there_is_not_is_refused_where_an_override_is_asked_for(tier: str, store, signed_in) -> None:
    said = {"tier": tier, "party": party_of("Yusuf"), "reason": "a test"}
    assert signed_in(Role.SUPERVISOR).post("/policy/overrides/", said).status_code == 403
