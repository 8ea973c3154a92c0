"""The page of paper: packs printed, sheets typed by two people under their own accounts."""

from __future__ import annotations

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.gate.models import Tally
from safepassage.core.intake.paper import FIELDS

pytestmark = pytest.mark.django_db
TALLY = {"number": "t-1-001", "at": "2026-03-01T10:00", "point": "north-gate", "level": "dense", "heads": "250"}


def test_two_officers_type_a_sheet_and_see_what_differs_before_it_counts(signed_in) -> None:
    one, two = signed_in(Role.GATE_OFFICER), signed_in(Role.SUPERVISOR)
    one.post("/gate/paper/pack.pdf", {"point": "north-gate", "slips": "1", "tallies": "1"})
    one.post("/gate/paper/?kind=tally", TALLY)
    page = two.get("/gate/paper/?kind=tally&number=t-1-001").content.decode()
    assert "waits for a second person" in page
    assert "250" not in page  # the second types blind
    answer = two.post("/gate/paper/?kind=tally", TALLY | {"heads": "350"}, follow=True).content.decode()
    assert "Nothing counts until both are equal." in answer
    assert "<bdi>250</bdi> / <bdi>350</bdi>" in answer
    assert not Tally.objects.exists()
    answer = one.post("/gate/paper/?kind=tally", TALLY | {"heads": "350"}, follow=True).content.decode()
    assert "Both typed the same: it counts." in answer
    assert Tally.objects.get().heads == 350
    again = two.post("/gate/paper/?kind=tally", TALLY | {"heads": "9999"}, follow=True).content.decode()
    assert "Counted before, by " in again
    assert "350 / 9999" in again
    assert "Both typed the same" not in again
    same = two.post("/gate/paper/?kind=tally", TALLY | {"heads": "350"}, follow=True).content.decode()
    assert "Nothing more is written." in same
    assert "Both typed the same" not in same
    assert Tally.objects.get().heads == 350


@pytest.mark.parametrize("kind", list(FIELDS))
def test_each_kind_has_its_form_and_says_what_is_wrong_beside_what_was_typed(signed_in, kind: str) -> None:
    officer = signed_in(Role.GATE_OFFICER)
    page = officer.get(f"/gate/paper/?kind={kind}").content.decode()
    assert all(f'name="{name}"' in page for name in FIELDS[kind])
    answer = officer.post(f"/gate/paper/?kind={kind}", {"number": "nothing such", "at": "soon"})
    assert answer.status_code == 422
    assert 'value="nothing such"' in answer.content.decode()


def test_a_pack_is_downloaded_as_one_pdf(signed_in) -> None:
    officer = signed_in(Role.GATE_OFFICER)
    answer = officer.post("/gate/paper/pack.pdf", {"point": "", "slips": "3", "tallies": "4"})
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="paper-pack-1.pdf"'


def test_whoever_does_not_work_at_gates_sees_no_paper(signed_in) -> None:
    assert signed_in(Role.REPORTER).get("/gate/paper/").status_code == 403
