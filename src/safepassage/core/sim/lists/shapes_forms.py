"""Lists as data: a form server's nested JSON, and persons in PFIF 1.4."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np

from safepassage.core.people import Sex
from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.entries import Entry
from safepassage.core.sim.lists.luck import between
from safepassage.core.sim.lists.shapes_text import Made
from safepassage.core.sim.lists.table import Table
from safepassage.core.sim.lists.words import LANGUAGES, claim_word, need_words, sex_word


def form_json(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """Submissions with a repeated group of members. Members are numbered through the document, from 1."""
    table = Table(file)
    results: list[dict[str, object]] = []
    for index, group in enumerate(groups, start=1):
        home, first = group[0].place.family, group[0]
        members: list[dict[str, object]] = []
        for entry in group:
            member = {
                "members/full_name": entry.name,
                "members/father_name": entry.father,
                "members/relation": entry.relation.value.replace("-", "_"),
                "members/gender": sex_word(entry, "long"),
                "members/birth_date": entry.birth,
                "members/passport_no": entry.passport,
                "members/tazkira_no": entry.tazkira,
                "members/mobile": entry.phone,
                "members/needs": need_words(entry, joiner=" "),
            }
            members.append({key: value for key, value in member.items() if value})
            table.put_person([entry.name], entry)
        day = f"2021-08-{between(rng, 16, 25)}T{between(rng, 5, 21):02d}:{between(rng, 0, 59):02d}:00.000+04:30"
        results.append(
            {
                "_id": 9_000_000 + index,
                "formhub/uuid": f"00000000000000000000000000{index:06d}",
                "start": day,
                "household/province": lexicon.PROVINCES[home.province][0],
                "household/language": LANGUAGES[home.language],
                "household/category": claim_word(first, "form"),
                "members": members,
                "_submission_time": day[:19],
                "_status": "submitted_via_web",
            }
        )
    document = {"count": len(results), "next": None, "previous": None, "results": results}
    return json.dumps(document, ensure_ascii=False, indent=1).encode(), [table]


_PFIF_SEX = {Sex.FEMALE: "female", Sex.MALE: "male"}


def persons_pfif(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """PFIF 1.4 persons, as a family-links site exports them; the format knows no families, remarks do."""
    table = Table(file)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">']
    for group in groups:
        for entry in group:
            table.put_person([entry.name], entry)
            is_age = entry.birth and not any(sign in entry.birth for sign in "/-.") and len(entry.birth) <= 3
            fields = {
                "person_record_id": f"links.invalid/person.{table.last:05d}",
                "entry_date": f"2021-08-{between(rng, 16, 28)}T{between(rng, 0, 23):02d}:00:00Z",
                "author_name": f"Relative of family {entry.group}",
                "author_phone": entry.phone,
                "source_name": "links.invalid",
                "full_name": entry.name,
                "given_name": entry.given,
                "family_name": entry.surname,
                "description": _remark(entry),
                "sex": _PFIF_SEX.get(entry.sex, ""),
                "date_of_birth": "" if is_age or "month" in entry.birth else entry.birth,
                "age": entry.birth if is_age else "",
                "home_state": lexicon.PROVINCES[entry.place.family.province][0],
                "home_country": "AF",
            }
            lines.append(" <pfif:person>")
            lines += [f"  <pfif:{key}>{escape(value)}</pfif:{key}>" for key, value in fields.items() if value]
            lines.append(" </pfif:person>")
    lines.append("</pfif:pfif>")
    return ("\n".join(lines) + "\n").encode(), [table]


def _remark(entry: Entry) -> str:
    parts = (
        f"father: {entry.father}" if entry.father else "",
        f"family {entry.group}",
        f"passport {entry.passport}" if entry.passport else "",
        need_words(entry),
    )
    return "; ".join(part for part in parts if part)
