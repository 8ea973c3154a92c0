"""Policies as published, standings with their reasons, the lottery, and decisions against the rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.policy.lottery import lottery_commit, lottery_reveal
from safepassage.apps.policy.models import PolicyRecord, StandingRecord
from safepassage.apps.policy.overriding import OVERRIDES_A_DAY, override_approve, override_request
from safepassage.apps.policy.publishing import policy_propose
from safepassage.apps.policy.selectors import (
    lottery_now,
    overrides_on,
    overrides_standing,
    overrides_waiting,
    policies_published,
    policy_by_key,
    policy_in_force,
    standing_of,
    standings_now,
)
from safepassage.apps.policy.services import policy_compare, standing_explain, standings_apply
from safepassage.apps.registry.checks import fact_check, fact_withdraw
from safepassage.apps.registry.selectors import parties_now, party_by_id
from safepassage.cli.init import template_text
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, ProblemsError
from safepassage.core.ids import derived_id
from safepassage.core.ledger import EventKind
from safepassage.core.policy import read_policy
from tests.make import EVERYONE, an_officer, resolved, taken_in, with_standings

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]
SEED = bytes(range(32))


def publish(now, text=None):
    return policy_propose(
        text=text or template_text("neo"), account="supervisor-1", is_unsigned_accepted=True, now=now
    )


def events(kind: EventKind):
    return [event for event in events_after() if event.kind is kind]


def test_the_same_text_published_twice_is_one_policy_and_one_event(now):
    assert publish(now) == publish(now + timedelta(hours=1))
    assert PolicyRecord.objects.count() == len(events(EventKind.POLICY_PUBLISHED)) == 1


def test_another_text_under_the_same_version_is_refused(now):
    publish(now)
    with pytest.raises(ConflictError):
        publish(now, template_text("neo").replace("below-age: 18", "below-age: 17"))
    assert [record.text for record in policies_published()] == [template_text("neo")]


def test_a_text_with_mistakes_is_not_published_and_every_mistake_has_its_line(now):
    with pytest.raises(ProblemsError) as refusal:
        publish(now, template_text("neo").replace("below-age: 18", "below-age: never").replace("tier: 2", "tier: x"))
    assert str(refusal.value).count("line") >= 2
    assert not PolicyRecord.objects.exists()


def test_the_policy_effective_last_is_in_force_and_none_before_its_time(now):
    record = publish(now)
    later = template_text("neo").replace('version: "1"', 'version: "2"')
    later = later.replace("from: 2000-01-01T00:00:00Z", "from: 2026-03-02T00:00:00Z")
    newer = publish(now, later)
    assert policy_in_force(now) == record
    assert policy_in_force(now + timedelta(days=2)) == newer
    assert policy_by_key(newer.pk) == newer
    with pytest.raises(NotFoundError):
        policy_by_key(newer.pk + 1)


def test_without_a_policy_nobody_gets_a_standing(tmp_path, now):
    taken_in(tmp_path, EVERYONE)
    resolved()
    with pytest.raises(NotFoundError):
        standings_apply(account="supervisor-1", now=now)
    assert not StandingRecord.objects.exists()


def test_every_party_gets_a_standing_with_its_reasons_and_the_ledger_hears_of_it(tmp_path):
    with_standings(tmp_path)
    standings = standings_now()
    assert [standing.tier for standing in standings] == [3, 4, 5]
    assert all(reason.text for standing in standings for reason in standing.reasons)
    assert all(standing.version == "1" for standing in standings)
    (event,) = events(EventKind.STANDINGS_GIVEN)
    assert len(event.body["rows"]) == len(EVERYONE)
    assert {row[2] for row in event.body["rows"]} >= {"staff", "siv", "at-risk"}


def test_applied_again_with_nothing_new_it_writes_no_event(tmp_path, now):
    with_standings(tmp_path)
    before = standings_now()
    standings_apply(account="supervisor-1", now=now)
    assert standings_now() == before
    assert len(events(EventKind.STANDINGS_GIVEN)) == 1


def test_a_party_can_be_told_in_plain_words_why(tmp_path, now):
    with_standings(tmp_path)
    standing = standings_now()[0]
    told = standing_explain(party=party_by_id(standing.party), now=now)
    assert "3" in told.headline
    assert told.sentences
    StandingRecord.objects.all().delete()
    with pytest.raises(NotFoundError):
        standing_explain(party=party_by_id(standing.party), now=now)


def test_a_change_shows_who_moves_before_it_goes_live(tmp_path, now):
    with_standings(tmp_path)
    before = read_policy(template_text("neo"))
    after = read_policy(template_text("neo").replace('"siv" in checked || "siv" in claims', '"siv" in checked'))
    found = policy_compare(before=before, after=after, now=now)
    assert len([shift for shift in found.shifts if shift.before.tier == 4 and shift.after.tier is None]) == 1
    assert {standing.tier for standing in standings_now()} == {3, 4, 5}, "nothing is changed by looking"


def test_a_seed_is_committed_before_the_list_closes_and_revealed_after(tmp_path, now):
    with_standings(tmp_path)
    closes = now + timedelta(hours=2)
    record, seed = lottery_commit(closes_at=closes, account="supervisor-1", now=now, seed=SEED)
    assert seed == SEED
    assert SEED.hex() not in record.commitment
    with pytest.raises(ForbiddenError):
        lottery_reveal(seed=SEED, account="supervisor-1", now=now + timedelta(hours=1))
    with pytest.raises(ForbiddenError):
        lottery_reveal(seed=SEED[::-1], account="supervisor-1", now=closes + timedelta(hours=1))
    assert lottery_now().seed == ""
    revealed = lottery_reveal(seed=SEED, account="supervisor-1", now=closes + timedelta(hours=1))
    assert revealed.seed == SEED.hex()
    assert len(events(EventKind.LOTTERY_COMMITTED)) == len(events(EventKind.LOTTERY_REVEALED)) == 1


def test_a_seed_is_revealed_once(now):
    publish(now)
    lottery_commit(closes_at=now + timedelta(hours=1), account="supervisor-1", now=now, seed=SEED)
    lottery_reveal(seed=SEED, account="supervisor-1", now=now + timedelta(hours=2))
    with pytest.raises(ConflictError):
        lottery_reveal(seed=SEED, account="supervisor-1", now=now + timedelta(hours=3))
    assert len(events(EventKind.LOTTERY_REVEALED)) == 1


def test_a_second_lottery_waits_until_the_first_is_revealed(now):
    publish(now)
    lottery_commit(closes_at=now + timedelta(hours=1), account="supervisor-1", now=now, seed=SEED)
    with pytest.raises(ConflictError):
        lottery_commit(closes_at=now + timedelta(hours=2), account="supervisor-1", now=now)


def test_a_commitment_after_the_close_is_refused_and_none_can_be_revealed_that_was_not_made(now):
    publish(now)
    with pytest.raises(ForbiddenError):
        lottery_commit(closes_at=now, account="supervisor-1", now=now)
    with pytest.raises(NotFoundError):
        lottery_reveal(seed=SEED, account="supervisor-1", now=now)


def test_an_override_takes_two_people_and_a_reason(tmp_path, now):
    an_officer("supervisor-1", Role.SUPERVISOR)
    an_officer("planner-1", Role.PLANNER)
    with_standings(tmp_path)
    party, displaced = (standings_now()[at].party for at in (2, 0))
    with pytest.raises(ForbiddenError):
        override_request(party=party, tier=1, reason="  ", account="planner-1", now=now)
    override = override_request(party=party, tier=1, reason="threatened by name", account="planner-1", now=now)
    assert list(overrides_waiting()) == [override]
    assert overrides_standing() == {}
    with pytest.raises(ForbiddenError):
        override_approve(override=override, account="planner-1", now=now)
    override_approve(override=override, account="supervisor-1", displaced=(displaced,), now=now)
    assert overrides_standing() == {party: 1}
    assert not overrides_waiting()
    (event,) = events(EventKind.OVERRIDE_MADE)
    assert event.body["rows"] == ((party, 0), (displaced, 1))
    assert event.body["quota_left"] == OVERRIDES_A_DAY - 1
    assert standing_of(party).tier == 5, "the standing under the rule stays what it is"


def a_party(folder) -> str:
    """The id of one party of those lists."""
    taken_in(folder, EVERYONE)
    resolved()
    return parties_now()[0].id


@pytest.mark.parametrize("tier", [0, -1, 100])
def test_an_override_goes_into_a_tier_and_is_of_a_party_that_there_is(tmp_path, now, tier):
    party = a_party(tmp_path)
    with pytest.raises(ForbiddenError, match="which tier"):
        override_request(party=party, tier=tier, reason="urgent", account="planner-1", now=now)
    with pytest.raises(NotFoundError, match="No party"):
        override_request(party=derived_id("PT", "no"), tier=1, reason="urgent", account="planner-1", now=now)
    assert not overrides_waiting()


def test_whoever_is_displaced_is_another_party_and_there(tmp_path, now):
    an_officer("supervisor-1", Role.SUPERVISOR)
    an_officer("planner-1", Role.PLANNER)
    party = a_party(tmp_path)
    override = override_request(party=party, tier=1, reason="urgent", account="planner-1", now=now)
    with pytest.raises(NotFoundError, match="No party"):
        override_approve(override=override, account="supervisor-1", displaced=(derived_id("PT", "no"),), now=now)
    with pytest.raises(ForbiddenError, match="itself"):
        override_approve(override=override, account="supervisor-1", displaced=(party,), now=now)
    assert list(overrides_waiting()) == [override]


def test_an_override_is_decided_once_even_by_someone_who_looks_at_an_old_page(tmp_path, now):
    an_officer("supervisor-1", Role.SUPERVISOR)
    an_officer("planner-1", Role.PLANNER)
    an_officer("supervisor-2", Role.SUPERVISOR)
    override = override_request(party=a_party(tmp_path), tier=1, reason="urgent", account="planner-1", now=now)
    override_approve(override=override, account="supervisor-1", now=now)
    override.approved_at = None
    with pytest.raises(ConflictError):
        override_approve(override=override, account="supervisor-2", now=now)


def test_the_days_quota_holds_and_the_next_day_begins_anew(tmp_path, now):
    an_officer("supervisor-1", Role.SUPERVISOR)
    an_officer("planner-1", Role.PLANNER)
    party = a_party(tmp_path)
    for number in range(OVERRIDES_A_DAY + 1):
        one = override_request(party=party, tier=1, reason="urgent", account="planner-1", now=now)
        if number < OVERRIDES_A_DAY:
            override_approve(override=one, account="supervisor-1", now=now)
    assert overrides_on(now) == OVERRIDES_A_DAY
    with pytest.raises(ForbiddenError):
        override_approve(override=one, account="supervisor-1", now=now)
    override_approve(override=one, account="supervisor-1", now=now + timedelta(days=1))
    assert overrides_on(now + timedelta(days=1)) == 1


def test_a_checked_fact_gives_the_tier_and_its_withdrawal_takes_it(tmp_path, now):
    text = template_text("neo")
    assert text.count('"citizen" in checked') == 1
    taken_in(tmp_path, EVERYONE)
    resolved()
    publish(now)
    standings_apply(account="planner-1", now=now)
    party = next(one for one in parties_now() if len(one.confirmed) == 1)
    person = party.confirmed[0].person
    before = standing_of(party.id)
    assert before.tier != 1

    made = fact_check(
        person=person, code="citizen", is_true=True, evidence="original-seen", account="desk-1", now=now
    )
    assert standing_of(party.id).tier == before.tier, "only when the policy is applied"
    standings_apply(account="planner-1", now=now)
    assert standing_of(party.id).tier == 1
    assert standing_explain(party=party, now=now).headline

    fact_withdraw(check=made.pk, account="desk-1", now=now + timedelta(minutes=1))
    standings_apply(account="planner-1", now=now + timedelta(minutes=2))
    after = standing_of(party.id)
    assert (after.tier, after.outcome) == (before.tier, before.outcome)
