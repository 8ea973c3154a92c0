"""A small list at the desk: whom its people may be is said on its page at once, and not about whoever is hidden."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safepassage.apps.accounts.roles import Role
from safepassage.apps.intake.models import Batch
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.registry.arrivals import arrivals_forget
from safepassage.apps.registry.second_person import judgement_give
from safepassage.apps.registry.selectors import person_by_id
from safepassage.apps.registry.services import resolve_run
from safepassage.core.identity import JudgementVerdict
from tests.apps.console.people import NOW, person_named, question_about, two_lists

pytestmark = pytest.mark.django_db
FAMILY = (
    "Family No,Full name,Father,Relation,Sex,Date of birth\n"
    "A,Karim Testani,Abdul Ghafar,head,M,1980-05-14\n"
    "A,Leila Testani,Nabi,wife,F,1984-02-03\n"
    "A,Farzana Probe,Jalil,mother,F,1950-01-01\n"
)
TERMS = {"name": "Walk-ins", "owner": "Desk", "basis": "vital interests", "purposes": "evacuation", "trust": "2",
         "sharing": "operation", "retention_days": "90"}  # fmt: skip


@pytest.fixture
def store(operation, tmp_path):
    arrivals_forget()
    two_lists(tmp_path)
    yield
    arrivals_forget()


def take_in(client, content=FAMILY):
    client.post("/lists/upload/", {"file": SimpleUploadedFile("walk-ins.csv", content.encode()), **TERMS})
    return client.post("/lists/inspect/", follow=True).text


def test_a_family_that_is_taken_in_is_told_whom_it_may_be(store, signed_in) -> None:
    client = signed_in(Role.INTAKE_CLERK)
    karim = person_named("Karim")
    take_in(client)
    page = client.get(f"/lists/batches/{Batch.objects.latest('received_at').pk}/").text
    assert "This family may be here already" in page
    assert f'href="/persons/{karim}/"' in page
    assert "likely one person" in page
    assert "Not matched by a run yet." in page
    assert "Nobody here is alike." in page, "the mother is nobody's"
    assert AccessEntry.objects.filter(subject=karim, act="see whom they may be").exists()


def test_the_work_leads_to_the_page_that_tells_it(store, signed_in) -> None:
    assert "This family may be here already" in take_in(signed_in(Role.INTAKE_CLERK))


def test_after_the_run_they_are_who_they_are(store, signed_in) -> None:
    take_in(signed_in(Role.INTAKE_CLERK))
    resolve_run(account="clerk", now=NOW)
    page = signed_in(Role.SUPERVISOR).get(f"/lists/batches/{Batch.objects.latest('received_at').pk}/").text
    assert "may be here already" not in page
    assert "Not matched by a run yet." not in page
    assert page.count('class="code" href="/persons/') == 3


def test_an_open_question_about_them_is_linked_for_whoever_may_see_the_queue(store, signed_in) -> None:
    clerk = signed_in(Role.INTAKE_CLERK)
    take_in(clerk)
    resolve_run(account="clerk", now=NOW)
    batch = Batch.objects.latest("received_at")
    mine, other = batch.listings.order_by("pk").first().pk, person_by_id(person_named("Yusuf")).listings[0]
    key = question_about((mine, other))
    assert f"/reviews/{key}/" in signed_in(Role.ADJUDICATOR).get(f"/lists/batches/{batch.pk}/").text
    assert f"/reviews/{key}/" not in clerk.get(f"/lists/batches/{batch.pk}/").text
    assert (
        f"/reviews/{question_about((other, other))}/"
        not in signed_in(Role.SUPERVISOR).get(f"/lists/batches/{batch.pk}/").text
    )


def test_whoever_is_kept_apart_is_not_there_for_the_desk(store, signed_in) -> None:
    karim, yusuf = (person_by_id(person_named(name)) for name in ("Karim", "Yusuf"))
    pair = (karim.listings[0], yusuf.listings[0])
    judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    resolve_run(account="clerk", now=NOW)
    clerk = signed_in(Role.INTAKE_CLERK)
    take_in(clerk)
    address = f"/lists/batches/{Batch.objects.latest('received_at').pk}/"
    page = clerk.get(address).text
    assert karim.id not in page
    assert "may be here already" not in page
    assert not AccessEntry.objects.filter(subject=karim.id, act="see whom they may be").exists()
    assert karim.id in signed_in(Role.INTAKE_CLERK, Role.CHILD_PROTECTION).get(address).text


def test_the_page_of_a_matched_list_does_not_name_whoever_is_kept_apart(store, signed_in) -> None:
    karim, yusuf = (person_by_id(person_named(name)) for name in ("Karim", "Yusuf"))
    pair = (karim.listings[0], yusuf.listings[0])
    judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    resolve_run(account="clerk", now=NOW)
    address = f"/lists/batches/{Batch.objects.get(source__name='Test embassy').pk}/"
    assert "Karim Testani" not in signed_in(Role.INTAKE_CLERK).get(address).text
    assert "Karim Testani" in signed_in(Role.SUPERVISOR).get(address).text


def test_who_writes_in_somebody_kept_apart_sees_what_they_would_see_of_anybody(store, signed_in) -> None:
    karim, yusuf = (person_by_id(person_named(name)) for name in ("Karim", "Yusuf"))
    pair = (karim.listings[0], yusuf.listings[0])
    judgement_give(pairs=[pair], verdict=JudgementVerdict.KEEP_APART, account="cpo", now=NOW)
    resolve_run(account="clerk", now=NOW)
    clerk, other = signed_in(Role.INTAKE_CLERK), signed_in(Role.INTAKE_CLERK, Role.ADJUDICATOR)
    head, made = FAMILY.splitlines()[0], {}
    for name, rest in (
        ("Karim Testani", "Abdul Ghafar,head,M,1980-05-14"),
        ("Quince Nobodie", "Zed,head,M,1931-11-27"),
    ):
        content = f"{head}\nA,{name},{rest}\n"
        file = SimpleUploadedFile("one.csv", content.encode())
        clerk.post("/lists/upload/", {"file": file, **TERMS, "name": f"Desk, {name}"})
        clerk.post("/lists/inspect/", follow=True)
        made[name] = f"/lists/batches/{Batch.objects.get(source__name=f'Desk, {name}').pk}/"
    assert "Nobody here is alike." in said_of("Karim Testani", clerk.get(made["Karim Testani"]).text)
    assert same_of_both(clerk, made), "before a run"
    resolve_run(account="clerk", now=NOW)
    assert same_of_both(clerk, made), "after a run, which has joined one of them with somebody hidden"
    assert 'class="code"' not in said_of("Quince Nobodie", clerk.get(made["Quince Nobodie"]).text)
    pages = {name: other.get(address).text for name, address in made.items()}
    assert "Karim Testani</strong>" not in pages["Karim Testani"], "on another's list whoever is hidden is not there"
    assert "Quince Nobodie</strong>" in pages["Quince Nobodie"]
    for page in pages.values():
        assert "protected" not in page


def said_of(name: str, page: str) -> str:
    """What a list's page says of those on it, without their name and ids."""
    part = page.split('id="arrivals-title"')[1].split("</section>", maxsplit=1)[0]
    return re.sub(
        r"B-\w+|L-\w+|1980-05-14|1931-11-27|value=\"\w{64}\"|with \d+ listing", "", part.replace(name, "NAME")
    )


def same_of_both(clerk, made: dict[str, str]) -> bool:
    """Whether the page of each of two lists says the same."""
    first, second = (said_of(name, clerk.get(address).text) for name, address in made.items())
    assert "NAME" in first
    assert "protected" not in first
    return first == second


def test_whoever_may_see_no_persons_is_shown_none(store, signed_in) -> None:
    take_in(signed_in(Role.INTAKE_CLERK))
    address = f"/lists/batches/{Batch.objects.latest('received_at').pk}/"
    assert "Karim" in signed_in(Role.DATA_PROTECTION).get(address).text
    assert signed_in(Role.PLANNER).get(address).status_code == 403


def test_before_the_first_run_the_page_says_that_nobody_was_compared(operation, signed_in) -> None:
    arrivals_forget()
    assert "They were compared with nobody yet" in take_in(signed_in(Role.INTAKE_CLERK))
