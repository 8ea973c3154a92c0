"""A list withdrawn on its page, once it is seen whom it touches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.selectors import batch_by_id, listings_now
from safepassage.apps.registry.selectors import persons_now
from safepassage.apps.registry.services import resolve_run
from tests.make import NOW, TESTANIS, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("operation")]


def test_withdrawn_and_put_back_on_its_page(tmp_path, signed_in) -> None:
    batch = taken_in(tmp_path, TESTANIS)
    resolve_run(account="adjudicator-1", now=NOW)
    client, page = signed_in(Role.SUPERVISOR), reverse("console:batch", args=[batch.pk])
    withdraw = reverse("console:batch-withdraw", args=[batch.pk])
    assert withdraw in client.get(page).content.decode()
    assert "On no other list" in client.get(withdraw).content.decode()
    client.post(withdraw, {"why": "mistake"})
    assert not persons_now()
    said = client.get(page).content.decode()
    assert "it was taken in by mistake" in said
    client.post(reverse("console:batch-put-back", args=[batch.pk]))
    assert len(persons_now()) == 3
    assert batch_by_id(batch.pk).withdrawn_at is None


def test_who_is_booked_is_named_and_no_button_is_there(tmp_path, signed_in) -> None:
    with_bookings(tmp_path)
    (batch,) = {one.row.batch for one in listings_now()}
    client = signed_in(Role.SUPERVISOR)
    said = client.get(reverse("console:batch-withdraw", args=[batch])).content.decode()
    assert "can't be withdrawn" in said
    assert 'name="why"' not in said


def test_a_clerk_takes_lists_in_and_withdraws_none(tmp_path, signed_in) -> None:
    batch = taken_in(tmp_path, TESTANIS)
    client, withdraw = signed_in(Role.INTAKE_CLERK), reverse("console:batch-withdraw", args=[batch.pk])
    assert withdraw not in client.get(reverse("console:batch", args=[batch.pk])).content.decode()
    assert client.post(withdraw, {"why": "mistake"}).status_code == 403
