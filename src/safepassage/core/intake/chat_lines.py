# ruff: noqa: E501  (words in Arabic script)
"""Reads free lines, as pasted from a chat: "1. Name s/o Father, DOB 1980, passport P1234567, 0701234567"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from safepassage.core.intake.column_map import Field
from safepassage.core.intake.columns.evidence import latin_digits, weigh_cells
from safepassage.core.intake.columns.headers import read_header
from safepassage.core.intake.facts import Said
from safepassage.core.intake.lexicon.cells import names_a_relation, read_flag, read_sex
from safepassage.core.intake.lexicon.fold import fold_phrase, fold_words
from safepassage.core.intake.lexicon.values import CLAIMS, MARRIED, NEEDS, find_codes
from safepassage.core.people import DocumentKind, Sex

_STAMP = re.compile(
    r"^\s*\[?\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4},?\s+\d{1,2}[:.]\d{2}([:.]\d{2})?(\s*[AaPp]\.?[Mm]\.?)?\]?\s*(-\s*)?([^:]{1,40}:\s*)?"
)
_BULLET = re.compile(r"^\s*(\(?[0-9۰-۹٠-٩]{1,3}\s*[.)\-:،](?!\d)|[-*•–—▪](?!\d))\s*")
_GROUP = re.compile(
    r"^\W*(family|household|group|case|fam|خانواده|فامیل|فاميل|کورنۍ|کورنی)\b\s*(no|number|نمبر|شماره)?[.#:\s]*([^\s,،;:]*)",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"\s+(s/o|d/o|w/o|h/o|son of|daughter of|wife of|husband of|c/o|ولد|فرزند|بنت|دختر|زوی د|د لور)\s+", re.IGNORECASE
)
_PIECES = re.compile(r"\s*[,;|،؛\t()\[\]]\s*|\s+[-–—]\s+|\.\s+(?=\D{3})")
_MARK = re.compile(r"\b(s/o|d/o|w/o|dob|d\.o\.b|passport|tazkira|tazkera|born|age|aged|yrs|years old)\b|ولد|تذکره|پاسپورت|متولد|تولد", re.IGNORECASE)  # fmt: skip
_LABEL_WORDS = frozenset(["dob", "born", "passport", "pp", "tazkira", "tazkera", "age", "aged", "phone", "mobile", "tel", "cell", "whatsapp", "id", "case", "nid", "پاسپورت", "تذکره", "تولد", "سن", "تلفون"])  # fmt: skip
_LABELS = {"born": Field.BIRTH, "aged": Field.AGE, "speaks": Field.LANGUAGE, "speak": Field.LANGUAGE, "lives in": Field.PLACE, "from": Field.PLACE, "pp": Field.DOCUMENT, "متولد": Field.BIRTH}  # fmt: skip
_STRONG = (Field.DOCUMENT, Field.BIRTH, Field.AGE, Field.RELATION, Field.FATHER)
_LONGEST_NAME = 6
_NAME_LIKE = re.compile(
    r"^(?!(?:(?:his|her|my)\s+)?(?:family|children|kids|wife|husband|others?|son|daughter|فامیل|خانواده)\b)[^\W\d_]+([\s.'\-\u200c][^\W\d_]+){0,5}(\s+[sdw]/o\s.*)?$",
    re.IGNORECASE,
)


class LineKind(StrEnum):
    """What a line of a chat is."""

    BLANK = "blank"
    GROUP = "group"
    PERSON = "person"
    MESSAGE = "message"
    BROKEN = "broken"
    """Looks like an entry of a list, but holds no name and no document."""


@dataclass(slots=True)
class Line:
    """A line with what it says; `group` is the label of the family that it opens."""

    kind: LineKind
    said: list[Said] = field(default_factory=list)
    group: str = ""
    others: list[list[Said]] = field(default_factory=list)
    """Further people of the same line ("Ali and Zahra, 8 and 3")."""


def looks_like_chat(lines: Iterable[str]) -> bool:
    """Whether free lines are meant, rather than a table: stamps of a chat, bullets, marks ("s/o", "DOB")."""
    seen = [line for line in islice(lines, 400) if line.strip()]
    marked = sum(bool(_opens_like_chat(line) or _MARK.search(line)) for line in seen)
    return bool(seen) and marked >= 0.4 * len(seen)


def is_surely_chat(lines: Iterable[str]) -> bool:
    """Whether nearly every line opens as lines of a chat do, so that no header is to be sought."""
    seen = [line for line in islice(lines, 400) if line.strip()]
    return len(seen) > 1 and sum(map(_opens_like_chat, seen)) >= 0.7 * len(seen)


def _opens_like_chat(line: str) -> bool:
    return bool(_STAMP.match(line) or _BULLET.match(line) or _GROUP.match(line))


def read_line(text: str) -> Line:
    """What one line is and says."""
    if not text.strip():
        return Line(LineKind.BLANK)
    stamp = _STAMP.match(text)
    body = text[stamp.end() :] if stamp else text
    bullet = _BULLET.match(body)
    group = None if bullet else _GROUP.match(body)
    if group:
        pieces = [] if group[3].lower() == "of" else _PIECES.split(body[group.end() :])
        said = [one for piece in pieces if piece for one in _read_piece(piece)]
        said = [_as_place(one) for one in said]
        return Line(LineKind.GROUP, said, group=fold_phrase(group.group()) or "family")
    if bullet:
        body = body[bullet.end() :]
    first, second = _split_pair(body)
    if second:
        both = [_read_person(first), _read_person(second)]
        if all(any(one.field is Field.NAME for one in said) for said in both):
            return Line(LineKind.PERSON, both[0], others=both[1:])
    said = _read_person(body)
    if _is_person(said, is_listed=bool(bullet)):
        return Line(LineKind.PERSON, said)
    return Line(LineKind.BROKEN if bullet and said else LineKind.MESSAGE)


def _is_person(said: list[Said], *, is_listed: bool) -> bool:
    names = [one.text for one in said if one.field is Field.NAME]
    has_strong = any(one.field in _STRONG for one in said)
    if any(one.field is Field.DOCUMENT for one in said):
        return True
    if not names:
        return False
    words = names[0].split()
    if not (1 <= len(words) <= _LONGEST_NAME):
        return False
    is_capital = all(word[:1].isupper() or not word.isascii() for word in words)
    if is_listed or has_strong:
        return is_capital or (is_listed and has_strong)
    has_phone = any(one.field is Field.PHONE for one in said)
    is_bare = len(said) == 1 and not names[0].endswith((".", "!", "?"))
    return is_capital and len(words) >= 2 and (has_phone or is_bare)


def _read_person(body: str) -> list[Said]:
    said: list[Said] = []
    for piece in _PIECES.split(body):
        for part in _split_run(piece) if piece and piece.strip() else ():
            said.extend(_read_piece(part, has_name=any(one.field is Field.NAME for one in said)))
    return said


def _split_pair(body: str) -> tuple[str, str]:
    """The bodies of two people named in one line, each with its half of what is told in pairs.

    What is told once goes to the first, but for a relation, which is of both. The second is empty if there is one.
    """
    pieces = [piece.strip() for piece in _PIECES.split(body) if piece and piece.strip()]
    halves = _halve(pieces[0]) if pieces else None
    if halves is None or not all(_NAME_LIKE.match(half) for half in halves):
        return body, ""
    first, second = [halves[0]], [halves[1]]
    for piece in pieces[1:]:
        pair = _halve(piece)
        if pair:
            first.append(pair[0])
            second.append(pair[1])
        else:
            first.append(piece)
            if names_a_relation(piece):
                second.append(piece)
    return ", ".join(first), ", ".join(second)


def _halve(piece: str) -> tuple[str, str] | None:
    parts = re.split(r"(?:^|\s+)(?:and|&|و|او)(?:\s+|$)", piece)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _split_run(piece: str) -> list[str]:
    """Cuts a piece without commas before each label and each number: "Ahmad Karimi DOB 1980 0701234567"."""
    parts: list[list[str]] = [[]]
    for word in piece.split():
        before = parts[-1][-1] if parts[-1] else ""
        is_label = fold_phrase(word) in _LABEL_WORDS
        is_number = any(sign.isdigit() for sign in word)
        follows = fold_phrase(before) in (*_LABEL_WORDS, "no", "number", "") or any(sign.isdigit() for sign in before)
        if parts[-1] and ((is_label and fold_phrase(before) not in _LABEL_WORDS) or (is_number and not follows)):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _read_piece(piece: str, *, has_name: bool = True) -> list[Said]:
    piece = piece.strip().strip(".:")
    if not piece:
        return []
    kin = _KIN.split(f" {piece} ", maxsplit=1)
    if len(kin) == 3:
        field_ = Field.SPOUSE if kin[1].lower() in ("w/o", "h/o", "wife of", "husband of") else Field.FATHER
        return [Said(Field.NAME, "name", kin[0].strip()), Said(field_, kin[1].lower(), kin[2].strip())]
    label, colon, value = piece.partition(":")
    if colon and value.strip() and names_a_relation(label) and not has_name:
        return [Said(Field.RELATION, "relation", label.strip()), Said(Field.NAME, "name", value.strip())]
    labelled = _read_labelled(piece)
    if labelled:
        return [labelled]
    typed = _read_typed(piece)
    if typed:
        return [typed]
    return [Said(Field.NOTES, "text", piece) if has_name else Said(Field.NAME, "name", piece)]


def _read_labelled(piece: str) -> Said | None:
    """A label with something behind it: "passport P1234567", "DOB: 1980", "speaks Dari"; the longest known one."""
    words = re.split(r"[\s:#]+", piece)
    for length in range(min(3, len(words) - 1), 0, -1):
        label, rest = " ".join(words[:length]), " ".join(words[length:])
        if not rest.strip():
            continue
        known = _LABELS.get(fold_phrase(label))
        if known:
            return Said(known, label.lower(), rest, DocumentKind.PASSPORT if known is Field.DOCUMENT else None)
        meaning = read_header(label)
        is_value = any(sign.isdigit() for sign in rest) or meaning.field in (Field.FATHER, Field.MOTHER, Field.PLACE)
        if (
            meaning.score >= 0.95
            and is_value
            and not meaning.member
            and meaning.field not in (Field.ROW_KEY, Field.NAME)
        ):
            return Said(meaning.field, label.lower(), rest, meaning.document)
    return None


def _read_typed(piece: str) -> Said | None:  # noqa: PLR0911  (a ladder of looks)
    share = weigh_cells((piece,)).share
    plain = latin_digits(piece)
    if share("email"):
        return Said(Field.EMAIL, "email", piece)
    if share("passport"):
        return Said(Field.DOCUMENT, "passport", piece, DocumentKind.PASSPORT)
    if share("date"):
        return Said(Field.BIRTH, "birth", plain)
    if share("age"):
        return Said(Field.AGE, "age", plain)
    if share("phone") and sum(sign.isdigit() for sign in plain) >= 8 and not re.match(r"^\d{4}-\d{4}-\d{5}$", plain):
        return Said(Field.PHONE, "phone", piece)
    if (share("document") and share("number")) or re.match(r"^[\d\-]{6,17}$", plain):
        return Said(Field.DOCUMENT, "number", piece)
    phrase = fold_phrase(piece)
    if read_sex(piece) not in (None, Sex.UNKNOWN) and len(phrase) > 1 and phrase not in ("زن", "پسر", "دختر"):
        return Said(Field.SEX, "sex", piece)
    if names_a_relation(piece) and len(fold_words(piece)) <= 4:
        return Said(Field.RELATION, "relation", piece)
    if len(fold_words(piece)) <= 4 and read_flag(piece) is None:
        for table, field_ in ((MARRIED, Field.MARITAL), (NEEDS, Field.NEED), (CLAIMS, Field.CLAIM)):
            if find_codes(piece, table):
                return Said(field_, field_.value, piece)
    return None


def _as_place(one: Said) -> Said:
    return Said(Field.PLACE, "place", one.text) if one.field is Field.NOTES and len(one.text) < 40 else one
