"""A list is withdrawn and put back: nothing is lost, and nobody who is promised a seat is left on no list."""

from __future__ import annotations

import pytest

from safepassage.apps.intake.erasing import listings_erase
from safepassage.apps.intake.selectors import batch_by_id, listings_count, listings_now
from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.withdrawal import batch_put_back
from safepassage.apps.ledger.selectors import events_after, state_now
from safepassage.apps.outreach.alarm import NOTE
from safepassage.apps.outreach.alarms import alarms_now
from safepassage.apps.registry.models import PartyRecord, PersonListing
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.seen import LIST_WITHDRAWN, alarms_seen
from safepassage.apps.registry.selectors import persons_now, persons_of_listings
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.withdrawal import batch_withdraw, withdrawal_effect
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError
from safepassage.core.identity import AlarmCode, JudgementVerdict
from safepassage.core.ledger import EventKind
from tests.make import BEISPIEL, EVERYONE, NOW, TESTANIS, a_source, csv_text, taken_in, with_bookings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]

TORN = tuple(("", *row[1:]) for row in (*TESTANIS, *BEISPIEL))
"""The Testanis without their number, each alone; and somebody who stands on no other list."""


def run(now=NOW):
    return resolve_run(account="adjudicator-1", now=now)


def withdrawn(batch, why="replaced", now=NOW):
    return batch_withdraw(batch=batch.pk, why=why, account="supervisor-1", now=now)


def parties():
    return sorted(PartyRecord.objects.values_list("heads", flat=True))


def derived():
    return sorted(PersonListing.objects.values_list("listing", "person_id"))


@pytest.fixture
def first(tmp_path):
    batch = taken_in(tmp_path, TORN)
    run()
    return batch


def test_once_the_corrected_list_is_here_the_first_is_withdrawn_and_the_family_is_whole(tmp_path, first) -> None:
    before = persons_of_listings(one.id for one in listings_now())
    taken_in(tmp_path, TESTANIS)
    run()
    effect = withdrawal_effect(first.pk)
    assert (effect.listings, len(effect.elsewhere), len(effect.alone), len(effect.committed)) == (4, 3, 1, 0)
    withdrawn(first)
    run()
    assert (len(persons_now()), parties(), listings_count()) == (3, [3], 3)
    assert set(persons_now()) < set(before.values()), "they keep the ids that they had"


def test_put_back_everything_is_as_it_was(first) -> None:
    before = derived()
    withdrawn(first)
    run()
    assert derived() == []
    batch_put_back(batch=first.pk, account="supervisor-1", now=NOW)
    run()
    assert derived() == before


def test_both_acts_are_events_that_name_nobody(first) -> None:
    withdrawn(first, "mistake")
    batch_put_back(batch=first.pk, account="supervisor-1", now=NOW)
    kinds = {EventKind.BATCH_WITHDRAWN, EventKind.BATCH_PUT_BACK}
    told = [(one.kind, {key: one.body[key] for key in one.body if key != "account"}) for one in events_after()]
    assert [one for one in told if one[0] in kinds] == [
        (EventKind.BATCH_WITHDRAWN, {"batch": first.pk, "listings": 4, "reason": "mistake"}),
        (EventKind.BATCH_PUT_BACK, {"batch": first.pk, "listings": 4}),
    ]


def test_whoever_is_booked_and_stands_on_no_other_list_holds_it(tmp_path) -> None:
    with_bookings(tmp_path)
    (batch,) = {one.row.batch for one in listings_now()}
    with pytest.raises(ConflictError, match="stand on no other list are booked"):
        batch_withdraw(batch=batch, why="replaced", account="supervisor-1", now=NOW)
    assert batch_by_id(batch).withdrawn_at is None
    assert withdrawal_effect(batch).committed


def test_the_same_bytes_are_not_taken_in_beside_a_withdrawal(tmp_path) -> None:
    content = csv_text(EVERYONE).encode()
    batch, _ = batch_receive(path=content, source=a_source(), account="clerk-1", now=NOW)
    withdrawn(batch)
    with pytest.raises(ConflictError, match="withdrawn") as told:
        batch_receive(path=content, source=a_source(), account="clerk-1", now=NOW)
    assert batch.pk in told.value.problem.advice


def test_nothing_is_withdrawn_twice_without_reason_or_of_nowhere(first) -> None:
    with pytest.raises(ForbiddenError, match="no reason"):
        withdrawn(first, "because")
    with pytest.raises(ConflictError, match="not withdrawn"):
        batch_put_back(batch=first.pk, account="supervisor-1", now=NOW)
    withdrawn(first)
    with pytest.raises(ConflictError, match="before"):
        withdrawn(first)
    with pytest.raises(NotFoundError):
        batch_withdraw(batch="B-00000000", why="mistake", account="supervisor-1", now=NOW)


def test_a_judgement_on_a_row_of_a_withdrawn_list_rests_and_one_on_an_erased_row_is_gone(tmp_path, first) -> None:
    taken_in(tmp_path, TESTANIS)
    run()
    by_batch: dict[str, list[str]] = {}
    for one in listings_now():
        by_batch.setdefault(one.row.batch, []).append(one.id)
    theirs = by_batch.pop(first.pk)
    (others,) = by_batch.values()
    judgement_give(
        pairs=[(theirs[0], others[0])],
        verdict=JudgementVerdict.DIFFERENT,
        why="",
        account="adjudicator-1",
        now=NOW,
    )
    withdrawn(first)
    run()
    assert [one["code"] for one in alarms_seen("adjudicator-1")] == [LIST_WITHDRAWN]
    (told,) = [one for one in alarms_now(state_now(), now=NOW) if "rest" in one.text]
    assert (told.level, told.number) == (NOTE, 1)
    batch_put_back(batch=first.pk, account="supervisor-1", now=NOW)
    run()
    assert alarms_seen("adjudicator-1") == []
    listings_erase(listings=[theirs[0]], reason="request-of-the-person", account="officer-1", now=NOW)
    run()
    assert [one["code"] for one in alarms_seen("adjudicator-1")] == [AlarmCode.JUDGED_LISTING_MISSING.value]
