"""The working pages in a real Chromium: keys of the review queue, a call, a list taken in; no violation at 360 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import BrowserContext, expect, sync_playwright

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.intake.models import Batch
from safepassage.apps.ledger.models import AccessEntry
from safepassage.apps.passes.keyring import keys_make
from safepassage.apps.passes.models import PassRecord
from safepassage.apps.passes.services import passes_issue_due
from safepassage.apps.registry.models import JudgementRecord, LinkRecord, PersonRecord, ReviewRecord
from tests.browser import FLAGS, ensure_chromium
from tests.make import NOW, with_bookings

from .people import EMBASSY, listing_of, person_named, question_about, two_lists

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path(django_settings.PACKAGE) / "web" / "static"


@pytest.fixture
def origin(transactional_db, live_server, operation, monkeypatch) -> str:
    assert (STATIC / "built" / "console.js").is_file(), "the front end is not built: make assets"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    return str(live_server.url)


@pytest.fixture
def browsing(origin) -> Iterator[BrowserContext]:
    """A phone's window, signed in with every role."""
    client = Client()
    client.force_login(account_create(username="desk", password=None, roles=frozenset(Role)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ensure_chromium(), args=FLAGS)
        context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=origin)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}])
        yield context
        chromium.close()


def test_a_key_answers_a_question_and_the_next_one_comes(browsing, tmp_path) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")))
    other = ReviewRecord.objects.get(pk=key)
    other.pk, other.harm = "Q-NEXT", 1.0
    other.content = {**other.content, "id": "Q-NEXT", "question": "And these two?"}
    other.save(force_insert=True)
    page = browsing.new_page()
    page.goto(f"/reviews/{key}/")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="And these two?")).to_be_visible()
    assert page.url.endswith("/reviews/Q-NEXT/")
    assert set(JudgementRecord.objects.values_list("verdict", flat=True)) == {"different"}
    page.get_by_label("Why (a few words, no names)").fill("sure of it")
    assert ReviewRecord.objects.filter(pk="Q-NEXT", decided_at=None).exists(), "letters of a reason are no answers"


def test_reviews_are_answered_by_keys_and_the_answer_applied_by_a_click(browsing, tmp_path) -> None:
    two_lists(tmp_path)
    question_about((listing_of("Yusuf"), listing_of("Nadia")))
    before = PersonRecord.objects.exclude(content={}).count()
    page = browsing.new_page()
    page.goto("/reviews/")
    page.get_by_role("link", name="Are these two listings one person?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Are these two listings one person?")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_text("1 answer is on record and not yet applied").first).to_be_visible()
    assert set(JudgementRecord.objects.values_list("verdict", flat=True)) == {"same"}
    page.get_by_role("button", name="Apply them now").first.click()
    expect(page.get_by_text("not yet applied")).to_have_count(0)
    assert PersonRecord.objects.exclude(content={}).count() == before - 1


def test_a_sample_of_merges_is_checked_by_keys_alone(browsing, tmp_path) -> None:
    two_lists(tmp_path)
    LinkRecord.objects.all().delete()
    for one, other in (("Yusuf", "Nadia"), ("Laila", "Omid")):
        left, right = sorted((listing_of(one), listing_of(other)))
        LinkRecord.objects.create(left=left, right=right, probability=0.999, is_certain=True)
    page = browsing.new_page()
    page.goto("/reviews/audit/")
    page.get_by_role("button", name="Draw a sample").press("Enter")
    expect(page.get_by_text("1 / 2", exact=True)).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_text("2 / 2", exact=True)).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("1.2–98.8 %")).to_be_visible()
    assert sorted(JudgementRecord.objects.values_list("verdict", flat=True)) == ["different", "same"]
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Different people")).to_be_visible()


def test_a_pass_is_verified_by_typing_its_code(browsing, tmp_path, monkeypatch) -> None:
    keys_make()
    with_bookings(tmp_path)
    (issued, *_) = passes_issue_due(parties=None, account="planner", now=NOW)
    issued_to = PassRecord.objects.get(short_code=issued.short_code)
    monkeypatch.setattr("safepassage.apps.console.views.verify.timezone.now", lambda: issued_to.window_start)
    page = browsing.new_page()
    page.goto("/gate/")
    page.get_by_role("link", name="Verify a pass").click()
    expect(page.get_by_label("The text of the square")).to_be_focused()
    page.keyboard.type(issued.short_code)  # the field has the focus, as for a hand scanner
    page.get_by_label("Point at which it is shown").select_option(issued_to.access_point)
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("✓ valid")
    expect(page.get_by_text("expected", exact=False).first).to_be_visible()
    assert AccessEntry.objects.filter(act="verify pass").exists()


def test_a_list_is_uploaded_looked_at_and_taken_in(browsing, tmp_path) -> None:
    path = tmp_path / "embassy.csv"
    path.write_text(EMBASSY, encoding="utf-8")
    page = browsing.new_page()
    page.goto("/lists/upload/")
    page.get_by_label("List", exact=False).first.set_input_files(path)
    page.get_by_label("Name of the new source").fill("Test embassy")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="How it would be read")).to_be_visible()
    page.get_by_label("Phone", exact=True).select_option("ignore")
    page.get_by_role("button", name="Take the list in").click()
    expect(page.get_by_text("4 listings are taken in.")).to_be_visible()
    assert Batch.objects.get().listings_made == 4


def test_pages_fit_a_phone_and_hold_no_violation(browsing, tmp_path) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")))
    page = browsing.new_page()
    for path in (
        "/lists/", "/lists/upload/", "/reviews/", f"/reviews/{key}/", "/parties/", "/parties/search/",
        f"/persons/{person_named('Laila')}/", "/policy/", "/policy/draft/", "/policy/overrides/", "/calls/",
        "/calls/texts/", "/passes/", "/counterpart/", "/left-behind/", "/accounts/", "/vouching/",
        "/password/", "/access-log/",
    ):  # fmt: skip
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
        found = [one for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
        assert found == [], (path, [(one["id"], one["nodes"][0]["html"]) for one in found])


COVERED = """
one => {
  const bar = document.querySelector('.verdicts').getBoundingClientRect();
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  const is_apart = box.bottom <= bar.top + 1 || box.top >= bar.bottom - 1;
  return !(is_apart && at !== null && (one === at || one.contains(at)));
}
"""
"""Whether the middle of a line is under the bar of answers, or under anything else."""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 720), (1280, 420)])
def test_the_bar_of_answers_covers_no_line_that_is_scrolled_to(browsing, tmp_path, width, height) -> None:
    two_lists(tmp_path)
    key = question_about((listing_of("Yusuf"), listing_of("Nadia")), (listing_of("Yusuf"), listing_of("Laila")))
    page = browsing.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"/reviews/{key}/")
    expect(page.locator(".verdicts")).to_be_attached()
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    foot = page.locator("main p, main li").last
    assert not foot.evaluate(COVERED), "the last line of the page"
    page.evaluate("for (const one of document.querySelectorAll('.pair details')) one.open = true")
    every = (*page.locator(".pair tfoot").all(), *page.locator(".pair p.quiet").all())
    lines = [one for one in every if one.is_visible()]
    assert lines
    for line in lines:
        line.evaluate("one => one.scrollIntoView({block: 'end'})")
        assert not line.evaluate(COVERED), "a line that is scrolled to comes to rest above the bar"
