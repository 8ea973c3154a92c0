"""Builds a listing from what a row says of a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from safepassage.core.documents import read_document, read_phones
from safepassage.core.ids import ListGroupId, ListingId, SourceId
from safepassage.core.intake.births import DateHabits, read_birth
from safepassage.core.intake.codes import DoubtCode
from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.expiry import with_expiry
from safepassage.core.intake.facts import PersonFacts
from safepassage.core.intake.lexicon.cells import (
    read_claims,
    read_claims_of_remark,
    read_flag,
    read_language,
    read_married,
    read_needs,
    read_needs_of_remark,
    read_relation,
    read_sex,
)
from safepassage.core.intake.lexicon.countries import read_country
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.kin import read_size
from safepassage.core.intake.nameless import has_document, is_no_name, tells_of_somebody
from safepassage.core.people import Document, DocumentKind, Listing, Need, Relation, RowRef, Sex

_ERROR = re.compile(r"^\s*#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?\s*$", re.IGNORECASE)
_LETTERS_LOST = re.compile(r"^[\s?\ufffd.]*[?\ufffd]{2}[\s?\ufffd.]*$")
_EXPONENT = re.compile(r"^\s*\d([.,]\d+)?E\+\d+\s*$", re.IGNORECASE)
_LONG_DIGITS = re.compile(r"^[\d\s+\-()]{5,}$")
_ALIEN_NUMBER = re.compile(r"^\s*A[\s#-]?\d{8,9}\s*$", re.IGNORECASE)
_BESIDE = re.compile(r"\bwith (you|him|her|them)\b|accompan|depend[ae]nt", re.IGNORECASE)
_NAMES = (Field.NAME, Field.GIVEN, Field.MIDDLE, Field.FAMILY)
_AS_EXTRA = (
    Field.CLAIM, Field.NEED, Field.EXTRA, Field.GRANDFATHER, Field.GROUP_SIZE, Field.MARITAL, Field.ROW_KEY,
    Field.STATED_ON, Field.DOCUMENT_EXPIRY, Field.DOCUMENT_COUNTRY, Field.DOCUMENT_KIND,
)  # fmt: skip
"""Fields that are kept verbatim among the extras, read or not."""


@dataclass(slots=True)
class Draft:
    """A person of a row, on the way to a listing."""

    facts: PersonFacts
    row: RowRef
    ordinal: int
    name: str = ""
    is_damaged: bool = False
    relation: Relation = Relation.UNKNOWN
    group: str = ""
    """The key of the list group within the file; empty if the list states none."""
    is_filled_down: bool = False
    """Whether the row states no family number and is of the family above it."""
    is_doubted: bool = False
    """Whether the row states no family number, and what it says of its person fits nobody of the family above."""

    @property
    def has_ground(self) -> bool:
        """Whether a person can be made of it: a name, a document, or what else tells of somebody."""
        if self.name or self.facts.is_counted:
            return True
        return has_document(self.facts) or (
            not self.is_damaged
            and tells_of_somebody(self.facts, is_in_group=bool(self.group), relation=self.relation)
        )


def start_draft(facts: PersonFacts, row: RowRef, ordinal: int) -> Draft:
    """Reads name and relation, which decide whether there is a person and of which group."""
    draft = Draft(facts, row, ordinal)
    draft.name, draft.is_damaged = _read_name(facts)
    draft.relation = facts.relation
    stated = facts.first(Field.RELATION)
    if stated:
        draft.relation = read_relation(stated) or Relation.UNKNOWN
    elif facts.relation is Relation.UNKNOWN and read_flag(facts.first(Field.HEAD_FLAG)):
        draft.relation = Relation.HEAD
    return draft


def build_listing(
    draft: Draft,
    *,
    listing_id: ListingId,
    source: SourceId,
    group: ListGroupId | None,
    habits: DateHabits,
    region: str,
) -> tuple[Listing, list[tuple[str, DoubtCode]]]:
    """The listing, and for each cell that gave no value its header and a code."""
    facts = draft.facts
    birth = read_birth(facts, habits)
    doubts = list(birth.doubts)
    documents = with_expiry(_read_documents(facts, doubts), facts, habits)
    sex = _read_sex(facts, doubts)
    _doubt_name(draft, doubts)
    if facts.kin_without_name:
        doubts.append((facts.kin_without_name, DoubtCode.KIN_WITHOUT_NAME))
    if facts.need_of_kin:
        doubts.append((facts.need_of_kin, DoubtCode.NEED_OF_KIN))
    if facts.kin_in_notes:
        doubts.append((facts.kin_in_notes, DoubtCode.KIN_IN_NOTES))
    if facts.first(Field.RELATION) and read_relation(facts.first(Field.RELATION)) is None:
        doubts.append((facts.all(Field.RELATION)[0].header, DoubtCode.RELATION_UNKNOWN_WORD))
    everything = PersonFacts([*facts.said, *facts.inherited], facts.member)
    listing = Listing(
        id=listing_id,
        source=source,
        row=draft.row,
        name=draft.name,
        group=group,
        relation=draft.relation,
        given=_plain(facts.first(Field.GIVEN)),
        family=_plain(facts.first(Field.FAMILY)),
        father=_plain(facts.first(Field.FATHER)),
        mother=_plain(facts.first(Field.MOTHER)),
        spouse=_plain(facts.first(Field.SPOUSE)),
        sex=sex,
        birth=birth.value,
        birth_place=_plain(facts.first(Field.BIRTH_PLACE)),
        nationality=_plain(facts.first(Field.NATIONALITY)),
        documents=documents,
        phones=_read_phones(facts, region, doubts),
        email=_plain(facts.first(Field.EMAIL)),
        place=", ".join(
            dict.fromkeys(_plain(said.text) for said in everything.all(Field.PLACE) if _plain(said.text))
        ),
        language=read_language(everything.first(Field.LANGUAGE)),
        claims=_read_claims(facts),
        needs=_read_needs(facts),
        is_married=_read_married(facts),
        notes="\n".join(said.text.strip() for said in facts.all(Field.NOTES)),
        extras=_read_extras(draft, everything),
        is_counted=facts.is_counted,
        stated_size=max(_read_size(everything), facts.noted_size),
        kin_elsewhere=facts.elsewhere,
    )
    return listing, doubts


def _read_name(facts: PersonFacts) -> tuple[str, bool]:
    """The name as written, and whether what stood there is destroyed. A word that says "no name" gives no name."""
    whole = [said for said in facts.all(Field.NAME) if _plain(said.text)]
    if whole:
        text = whole[0].text.strip().splitlines()[0].strip()
    else:
        text = " ".join(filter(None, (_plain(facts.first(f)) for f in (Field.GIVEN, Field.MIDDLE, Field.FAMILY))))
    damaged = any(_is_destroyed(said.text) for said in facts.all(*_NAMES))
    if not text or _is_destroyed(text):
        return "", damaged
    return ("" if is_no_name(text) else " ".join(text.split())), damaged


def damaged_name_column(facts: PersonFacts) -> str:
    """The header of the column in which a name is destroyed, the first of them; empty where none is."""
    return next((said.header for said in facts.all(*_NAMES) if _is_destroyed(said.text)), "")


def _plain(text: str) -> str:
    """The text without blanks around it; empty where it is an error of a formula."""
    return "" if _is_destroyed(text) else " ".join(text.split())


def _is_destroyed(text: str) -> bool:
    return (
        bool(_ERROR.match(text) or _LETTERS_LOST.match(text) or _LONG_DIGITS.match(text))
        if len(text) < 100
        else False
    )


def _doubt_name(draft: Draft, doubts: list[tuple[str, DoubtCode]]) -> None:
    stated = draft.facts.all(*_NAMES)
    if draft.name or (draft.facts.is_counted and not stated):
        return
    header = damaged_name_column(draft.facts) or (stated[0].header if stated else "")
    doubts.append((header, DoubtCode.NAME_DAMAGED if draft.is_damaged else DoubtCode.NAME_LACKING))


def _read_sex(facts: PersonFacts, doubts: list[tuple[str, DoubtCode]]) -> Sex:
    said = facts.all(Field.SEX)
    if not said:
        return Sex.UNKNOWN
    sex = read_sex(said[0].text)
    if sex is None:
        doubts.append((said[0].header, DoubtCode.SEX_UNKNOWN_WORD))
    return sex or Sex.UNKNOWN


def _read_documents(facts: PersonFacts, doubts: list[tuple[str, DoubtCode]]) -> tuple[Document, ...]:
    kind_text = facts.first(Field.DOCUMENT_KIND)
    stated_kind = read_header(kind_text).document if kind_text else None
    country = read_country(facts.first(Field.DOCUMENT_COUNTRY))
    found: list[Document] = []
    for said in facts.all(Field.DOCUMENT):
        if not fold_phrase(said.text):
            continue
        if _EXPONENT.match(said.text):
            doubts.append((said.header, DoubtCode.NUMBER_DAMAGED))
            continue
        if _is_destroyed(said.text) and not _LONG_DIGITS.match(said.text):
            doubts.append((said.header, DoubtCode.DOCUMENT_UNREADABLE))
            continue
        hint = (
            said.document if said.document not in (None, DocumentKind.NATIONAL_ID) else stated_kind or said.document
        )
        if _ALIEN_NUMBER.match(said.text) and hint is not DocumentKind.PASSPORT:
            hint = DocumentKind.RESIDENCE_CARD
        document = read_document(said.text, hint, country if hint is DocumentKind.PASSPORT else "")
        if document is None:
            doubts.append((said.header, DoubtCode.DOCUMENT_UNREADABLE))
        elif document not in found:
            found.append(document)
    stated = [document for document in found if document.kind is not DocumentKind.NONE]
    return tuple(sorted(stated or found[:1], key=lambda document: (document.kind, document.number, document.written)))


def _read_phones(facts: PersonFacts, region: str, doubts: list[tuple[str, DoubtCode]]) -> tuple[str, ...]:
    phones: dict[str, None] = {}
    for said in facts.all(Field.PHONE):
        if _EXPONENT.match(said.text):
            doubts.append((said.header, DoubtCode.NUMBER_DAMAGED))
            continue
        read = read_phones(said.text, region)
        if not read and any(sign.isdigit() for sign in said.text):
            doubts.append((said.header, DoubtCode.PHONE_UNREADABLE))
        phones.update(dict.fromkeys(phone.key for phone in read))
    return tuple(phones)


def _read_claims(facts: PersonFacts) -> tuple[str, ...]:
    claims: dict[str, None] = {}
    for said in facts.all(Field.CLAIM):
        codes: Sequence[str] = read_claims(said.text)
        if said.code:
            flag = read_flag(said.text)
            codes = codes if flag is None else (said.code,) if flag else ()
        claims.update(dict.fromkeys(codes))
    for said in facts.all(Field.NOTES):
        claims.update(dict.fromkeys(read_claims_of_remark(said.text)))
    return tuple(claims)


def _read_needs(facts: PersonFacts) -> tuple[Need, ...]:
    needs: dict[Need, None] = {}
    for said in facts.all(Field.NEED):
        flag = read_flag(said.text)
        if said.code:
            is_meant = flag is True or (flag is None and bool(read_needs(said.text)))
            needs.update(dict.fromkeys((Need(said.code),) if is_meant else ()))
        else:
            needs.update(dict.fromkeys(read_needs(said.text)))
    for said in facts.all(Field.NOTES):
        needs.update(dict.fromkeys(read_needs_of_remark(said.text)))
    return tuple(sorted(needs))


def _read_married(facts: PersonFacts) -> bool | None:
    stated = facts.first(Field.MARITAL)
    return read_married(stated) if stated else None


def _read_size(everything: PersonFacts) -> int:
    """How many the family is by its list; "who travel with you" leaves out whoever answered."""
    stated = [(read_size(said.text), said.header) for said in everything.all(Field.GROUP_SIZE)]
    return max((size + (size > 0 and bool(_BESIDE.search(header))) for size, header in stated), default=0)


def _read_extras(draft: Draft, everything: PersonFacts) -> tuple[tuple[str, str], ...]:
    """Columns without a field of their own, and names beside the first, under their headers."""
    kept = {said.header: (said.written or said.text).strip() for said in everything.all(*_AS_EXTRA)}
    for said in draft.facts.all(Field.NAME, Field.LANGUAGE, Field.HEAD_FLAG):
        text = " / ".join(part.strip() for part in said.text.splitlines() if part.strip())
        if text and text != draft.name and len(fold_words(text)) > 0:
            kept.setdefault(said.header, text)
    return tuple(sorted(kept.items()))
