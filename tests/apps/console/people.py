"""A store with two lists in which the Testani family stands twice, under two spellings; all invented."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from safepassage.apps.intake.services import batch_receive
from safepassage.apps.intake.sources import source_register
from safepassage.apps.ledger.services import event_append
from safepassage.apps.passes.models import IssuingKey, PassRecord
from safepassage.apps.registry.models import PersonRecord, ReviewRecord
from safepassage.apps.registry.selectors import parties_of
from safepassage.apps.registry.services import resolve_run
from safepassage.apps.registry.values import REVIEW
from safepassage.core.identity import Evidence, EvidenceField, Link, Review, ReviewKind
from safepassage.core.ids import ListingId, PersonId
from safepassage.core.ledger import EventKind
from safepassage.core.ledger.clock import to_milliseconds

NOW = datetime(2021, 8, 21, 8, 0, tzinfo=UTC)
EMBASSY = (
    "Family No,Full name,Father,Relation,Sex,Date of birth,Passport,Phone\n"
    "1,Karim Testani,Ghafar,head,M,1980-05-14,P1234567,0700000001\n"
    "1,Laila Testani,Nabi,wife,F,1984-02-03,,\n"
    "1,Omid Testani,Karim,son,M,2012-08-21,,\n"
    "2,Yusuf Beispiel,Adam,head,M,1971-11-30,,0700000002\n"
)
VOLUNTEERS = (
    "Name,Father name,DOB,Sex,Phone\n"
    "Kareem Tastani,Abdul Ghafar,1980,M,0700000009\n"
    "Nadia Muster,Omar,1990-01-17,F,0700000003\n"
)


def take_in(text: str, name: str, folder: Path, *, source: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    origin = source_register(name=source, owner=source, basis="vital interests", now=NOW)
    batch_receive(path=path, source=origin, account="clerk", now=NOW)


def two_lists(folder: Path) -> None:
    """Takes both lists in and runs the matcher."""
    take_in(EMBASSY, "embassy.csv", folder, source="Test embassy")
    take_in(VOLUNTEERS, "volunteers.csv", folder, source="Test volunteers")
    resolve_run(account="clerk", now=NOW)


def person_named(part: str) -> str:
    """The id of the one person whose name holds `part`."""
    found = [one.id for one in PersonRecord.objects.exclude(content={}) if part in one.content["name"]]
    assert len(found) == 1, found
    return found[0]


def question_about(*pairs: tuple[str, str]) -> str:
    """Puts one question about pairs of listings into the queue, whatever the matcher makes of them."""
    ReviewRecord.objects.all().delete()
    evidence = (
        Evidence(EvidenceField.NAME, "alike", 6.0, "The names sound alike."),
        Evidence(EvidenceField.BIRTH, "differ", -4.0, "The birth dates differ."),
    )
    links = tuple(
        Link(ListingId(min(pair)), ListingId(max(pair)), 0.6 - 0.2 * number, evidence=evidence)
        for number, pair in enumerate(pairs)
    )
    listings = tuple(sorted({ListingId(one) for pair in pairs for one in pair}))
    review = Review("Q-TEST", ReviewKind.SAME_PERSON, listings, links, 3.0, "Are these two listings one person?")
    ReviewRecord.objects.create(
        id=review.id, kind=review.kind, harm=review.harm, content=REVIEW.dump_python(review, mode="json")
    )
    return review.id


def listing_of(part: str) -> str:
    """The id of the first listing of the one person whose name holds `part`."""
    return PersonRecord.objects.get(pk=person_named(part)).content["listings"][0]


def give_pass(part: str) -> None:
    """A living pass for the party of the person whose name holds `part`, as a row and as an event."""
    person = person_named(part)
    party = parties_of(PersonId(person))[0]
    key, _ = IssuingKey.objects.get_or_create(key_id="k1", defaults={"public_key": "00", "valid_from": NOW})
    number = PassRecord.objects.count() + 1
    PassRecord.objects.create(
        id=f"P-{number}", party=party, persons=[person], heads=1, access_point="gate-1",
        window_start=NOW, window_end=NOW, policy_version="p 1", key=key, text="", short_code=f"ABC{number}",
        recognition_digest="", watched_digest="", issued_at=NOW, issued_by="desk",
    )  # fmt: skip
    begins = to_milliseconds(NOW)
    event_append(
        kind=EventKind.PASSES_ISSUED,
        body={"key": "k1", "rows": ((f"P-{number}", party, "gate-1", begins, begins + 1, 1),)},
        account="desk",
        now=NOW,
    )


def the_pair(one: str, other: str) -> str:
    left, right = sorted((listing_of(one), listing_of(other)))
    return f"{left}:{right}"


def party_of(part: str) -> str:
    """The party of the one person whose name holds `part`."""
    return parties_of(PersonId(person_named(part)))[0]
