"""PFIF: what we write, intake reads back; no name is read as markup."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import defusedxml.ElementTree as Et
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.core.exchange import PfifPerson, write_pfif
from safepassage.core.exchange.pfif import NAMESPACE
from safepassage.core.ids import SourceId
from safepassage.core.intake import intake_file
from safepassage.core.people import Sex

NOW = datetime(2021, 8, 25, tzinfo=UTC)
KARIM = PfifPerson(
    "r-1", "کریم Testani", NOW, NOW + timedelta(days=90), sex="male", birth="1980-05-14", home_state="Kabul"
)


def written(*persons: PfifPerson) -> bytes:
    return write_pfif(persons, domain="example.org", source_name="Task force", entry_date=NOW)


def test_what_we_write_intake_reads_back(tmp_path):
    path = tmp_path / "persons.xml"
    path.write_bytes(written(KARIM))
    (listing,) = intake_file(path, source=SourceId("S-PFIF"), received=NOW.date(), region="AF").listings
    assert (listing.name, listing.sex) == ("کریم Testani", Sex.MALE)
    assert listing.birth is not None
    assert str(listing.birth.readings[0][0]) == "1980-05-14"


@given(st.text(max_size=30))
def test_any_name_stays_a_name(name):
    person = PfifPerson("r-1", name or "x", NOW, NOW)
    found = Et.fromstring(written(person)).find(f".//{{{NAMESPACE}}}full_name")
    assert found is not None
    assert len(found) == 0


def test_every_record_says_when_it_expires_and_a_moment_needs_its_zone():
    assert written(KARIM).count(b"<pfif:expiry_date>2021-11-23T00:00:00Z</pfif:expiry_date>") == 1
    with pytest.raises(ValueError, match="time zone"):
        written(PfifPerson("r-1", "x", datetime(2021, 8, 25), NOW))
