"""The page that is handed to the checkpoint: our public key of sheets, and nothing else of ours."""

from __future__ import annotations

import re

import pytest

from safepassage.apps.accounts.roles import Role
from safepassage.apps.passes import checkpoint_page as room
from safepassage.core.passes import SigningKey

pytestmark = pytest.mark.django_db


class Keys:
    counterpart = SigningKey(b"\x07" * 32)


def test_a_liaison_saves_the_page_and_it_is_one_file_that_asks_for_nothing(signed_in, monkeypatch) -> None:
    monkeypatch.setattr(room, "keyring_open", Keys)
    liaison = signed_in(Role.LIAISON)
    answer = liaison.get("/counterpart/page.html")
    assert answer["Content-Disposition"] == 'attachment; filename="sheet.html"'
    page = answer.content.decode()
    assert page.count(Keys.counterpart.public.hex()) == 1
    assert not re.search(r'(src|href)="', page)
    assert "default-src 'none'" in page
    assert "test-2026" not in page
    assert not re.search(r"https?://(?!www\.w3\.org)[\w.-]+\.\w", page.split('id="keys"')[0])


def test_whoever_makes_no_sheets_gets_no_page(signed_in) -> None:
    assert signed_in(Role.GATE_OFFICER).get("/counterpart/page.html").status_code == 403
