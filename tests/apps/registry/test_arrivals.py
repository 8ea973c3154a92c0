"""A small list is compared as it comes in; what it finds stands until the next run, which says it for good."""

from __future__ import annotations

import pytest

from safepassage.apps.intake.erasing import listings_erase
from safepassage.apps.intake.selectors import listings_now
from safepassage.apps.registry import arrivals
from safepassage.apps.registry.arrivals import SMALL, arrivals_forget, arrivals_look, arrivals_prepare
from safepassage.apps.registry.arrived import arrival_look_of, links_from
from safepassage.apps.registry.matcher import matcher_weights
from safepassage.apps.registry.models import ArrivalLook, LinkRecord, ResolveRun
from safepassage.apps.registry.selectors import persons_now
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.versions import matcher_adopt, matcher_propose
from safepassage.core.identity.arrivals import Standing
from tests.make import KARIM_AGAIN, TESTANIS, many_families, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]

ALIKE = tuple((f"B{row[0]}", *row[1:6], "", "", "", "") for row in TESTANIS)
"""The family again, in another list, without documents and phones."""


@pytest.fixture(autouse=True)
def nobody_ready():
    arrivals_forget()
    yield
    arrivals_forget()


@pytest.fixture
def matched(tmp_path, now):
    taken_in(tmp_path, (*TESTANIS, *many_families(12, first=10)))
    resolve_run(account="desk", now=now)


@pytest.fixture
def built(monkeypatch):
    """How many listings were kept each time when everybody was made ready anew."""
    sizes = []
    made = Standing.__init__

    def init(self, columns, *rest):
        sizes.append(columns.size)
        made(self, columns, *rest)

    monkeypatch.setattr(Standing, "__init__", init)
    return sizes


def came(folder, rows, source="NGO list"):
    batch = taken_in(folder, rows, source=source)
    arrivals_look(batch=batch.pk)
    return batch


def found(*names):
    """(name, name of whom they may be, rounded chance) of the likeliest of each listing of these names."""
    of = {one.id: one for one in listings_now()}
    rows = {}
    for link in links_from([key for key, one in of.items() if one.name in names]):
        mine, other = sorted((of[link.left], of[link.right]), key=lambda one: one.name not in names)
        rows.setdefault(mine.id, (mine.name, other.name, round(link.probability, 1)))
    return sorted(rows.values())


def test_before_the_first_run_nobody_is_compared(tmp_path, now) -> None:
    taken_in(tmp_path, TESTANIS)
    batch = taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    assert arrivals_look(batch=batch.pk) == 0
    assert arrival_look_of(batch.pk) is None


def test_one_who_comes_alone_is_told_at_once_and_joined_by_nobody(tmp_path, matched, now) -> None:
    persons = set(persons_now())
    batch = came(tmp_path, KARIM_AGAIN)
    assert found("Abdul Karim Testani") == [("Abdul Karim Testani", "Karim Testani", 1.0)]
    (link,) = links_from([one.id for one in listings_now() if one.name == "Abdul Karim Testani"])
    assert not link.is_certain
    assert link.evidence
    assert arrival_look_of(batch.pk).listings == len(listings_now()) - 1
    assert set(persons_now()) == persons


def test_a_family_speaks_for_its_members(tmp_path, matched, now) -> None:
    came(tmp_path, ALIKE)
    names = {row[1] for row in ALIKE}
    told = {}
    for link in links_from([one.id for one in listings_now() if one.group and one.name in names]):
        told.setdefault(frozenset((link.left, link.right)), link.probability)
    assert max(told.values()) > 0.9
    assert sum(chance > 0.5 for chance in told.values()) == len(ALIKE)


def test_what_was_found_goes_with_the_next_run(tmp_path, matched, now) -> None:
    batch = came(tmp_path, KARIM_AGAIN)
    resolve_run(account="desk", now=now)
    assert not ArrivalLook.objects.exists()
    assert LinkRecord.objects.filter(is_certain=True).exists()
    assert arrivals_look(batch=batch.pk) == 0, "whom a run has matched is looked at no more"


def test_a_large_list_waits_for_the_run(tmp_path, matched, now) -> None:
    batch = taken_in(tmp_path, many_families(SMALL // 3 + 1, first=200), source="NGO list")
    assert arrivals_look(batch=batch.pk) == 0
    assert arrival_look_of(batch.pk) is None


def test_who_is_ready_is_carried_on_by_lists_that_came_since(tmp_path, matched, built, now) -> None:
    arrivals_prepare()
    arrivals_prepare()
    taken_in(tmp_path, many_families(2, first=300), source="Third list")
    came(tmp_path, KARIM_AGAIN)
    came(tmp_path, (("C", *KARIM_AGAIN[0][1:]),), source="Fourth list")
    assert len(built) == 1
    karims = [one.id for one in listings_now() if one.name == "Abdul Karim Testani"]
    assert sum(link.probability > 0.9 for link in links_from(karims)) == 3, "the other that came since, too"


def test_who_is_ready_is_made_anew_after_an_erasure_or_other_weights(tmp_path, matched, built, now) -> None:
    arrivals_prepare()
    karim = next(one.id for one in listings_now() if one.name == "Karim Testani")
    listings_erase(listings=[karim], reason="request-of-the-person", account="desk", now=now)
    came(tmp_path, KARIM_AGAIN)
    assert len(built) == 2
    assert not [name for _, name, _ in found("Abdul Karim Testani") if name == "Karim Testani"]
    matcher_adopt(version=matcher_propose(account="supervisor-1", now=now).version, account="supervisor-1", now=now)
    arrivals_prepare()
    assert len(built) == 3


def test_the_answer_is_the_same_whether_they_were_ready_or_not(tmp_path, matched, now) -> None:
    arrivals_prepare()
    batch = came(tmp_path, ALIKE)
    ready = sorted(LinkRecord.objects.values_list("left", "right", "probability"))
    arrivals_forget()
    arrivals_look(batch=batch.pk)
    assert sorted(LinkRecord.objects.values_list("left", "right", "probability")) == ready


def test_only_the_last_run_keeps_its_habits(tmp_path, matched, now) -> None:
    taken_in(tmp_path, KARIM_AGAIN, source="NGO list")
    resolve_run(account="desk", now=now)
    first, last = ResolveRun.objects.order_by("pk")
    assert first.parameters["habits"] is None
    assert last.parameters["habits"]
    assert matcher_weights().version == last.parameters["version"]


def test_a_look_that_breaks_off_leaves_nobody_half_ready(tmp_path, matched, monkeypatch, now) -> None:
    arrivals_prepare()

    def fail(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr(Standing, "partners", fail)
    with pytest.raises(ZeroDivisionError):
        came(tmp_path, KARIM_AGAIN)
    assert arrivals._Kept.now is None
