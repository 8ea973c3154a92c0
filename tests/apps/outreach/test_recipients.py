"""Exports sealed to a recipient's own key: theirs alone to open, the key in the event, a passphrase as fallback."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pyrage
import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.two_people import Proven
from safepassage.apps.ledger.selectors import events_after
from safepassage.apps.outreach.people_export import people_export
from safepassage.apps.outreach.recipients import key_digest, recipient_add, recipient_key, recipients_known
from safepassage.apps.registry.selectors import persons_now
from safepassage.core.errors import ForbiddenError, ProblemsError
from safepassage.core.exchange.sealing import open_archive
from safepassage.core.ledger import EventKind
from tests.apps.outreach.test_people_export import PASSPHRASE, lists  # noqa: F401 (a fixture)
from tests.make import an_officer

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("operation")]


def add(now, key: str, reference: str = "haven-desk-1", second: str = "supervisor-2"):
    return recipient_add(reference=reference, public_key=key, account="desk", second=Proven(second), now=now)


def export(now, **other):
    return people_export(
        persons=frozenset(persons_now()), stated=2, recipient="haven-desk-1", reach="authorities",
        purpose="evacuation", account="desk", second=Proven("supervisor-2"), now=now, **other,
    )  # fmt: skip


def test_only_the_recipients_own_key_opens_the_file(lists, now):  # noqa: F811
    theirs, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    add(now, str(theirs.to_public()))
    made = export(now)
    assert made.is_to_key
    assert made.sealed.startswith(b"age-encryption.org/v1\n")
    sheet = openpyxl.load_workbook(BytesIO(pyrage.decrypt(made.sealed, [theirs]))).active
    assert {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Karim Testani", "Laila Testani"}
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made.sealed, [other])
    (event,) = [one for one in events_after() if one.kind is EventKind.EXPORT_MADE]
    assert event.body["recipient_key"] == key_digest(str(theirs.to_public()))


def test_a_passphrase_is_the_fallback_and_neither_is_refused(lists, now):  # noqa: F811
    with pytest.raises(ForbiddenError, match="no key, and no passphrase"):
        export(now)
    made = export(now, passphrase=PASSPHRASE)
    assert not made.is_to_key
    assert open_archive(made.sealed, PASSPHRASE)


def test_a_key_is_accepted_by_two_and_a_later_one_takes_its_place(now):
    an_officer("supervisor-2", Role.SUPERVISOR)
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2)]
    with pytest.raises(ForbiddenError, match="can't also agree"):
        add(now, keys[0], second="desk")
    for key in keys:
        add(now, f" {key}\n")
    assert recipient_key("haven-desk-1") == keys[1]
    assert recipients_known().count() == 1
    noted = [one.body["recipient_key"] for one in events_after() if one.kind is EventKind.RECIPIENT_ADDED]
    assert noted == [key_digest(key) for key in keys]


@pytest.mark.parametrize("key", ["", "age1nonsense", "ssh-ed25519 AAAA", "AGE-SECRET-KEY-1QQQ"])
def test_what_is_no_public_key_is_refused(now, key: str):
    an_officer("supervisor-2", Role.SUPERVISOR)
    with pytest.raises(ForbiddenError, match="no public key"):
        add(now, key)
    assert not recipients_known().exists()


def test_a_name_of_a_person_is_no_reference(now):
    an_officer("supervisor-2", Role.SUPERVISOR)
    with pytest.raises(ProblemsError):
        add(now, str(pyrage.x25519.Identity.generate().to_public()), reference="Karim Testani")
