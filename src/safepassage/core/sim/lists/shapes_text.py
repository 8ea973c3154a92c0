"""Lists as text: CSV in two encodings, TSV in UTF-16, and a chat that somebody pasted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np

from safepassage.core.sim.lists import lexicon
from safepassage.core.sim.lists.entries import Entry
from safepassage.core.sim.lists.luck import between, chance, pick
from safepassage.core.sim.lists.table import Column, Table, answer, fill
from safepassage.core.sim.lists.words import LANGUAGES, claim_word, need_words, relation_word, sex_word

Made = tuple[bytes, Sequence[Table]]
"""The bytes of a file, and its tables with their keys."""


def volunteers_csv(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """CSV in UTF-8 with English headers, as a volunteers' shared sheet is saved."""
    columns = (
        Column("Family ID", lambda e: f"V-{e.group:04d}"),
        Column("Full Name", lambda e: e.name, identifies=True),
        Column("Father Name", lambda e: e.father, identifies=True),
        Column("Relationship", lambda e: relation_word(e, "en")),
        Column("Gender", lambda e: sex_word(e, "en")),
        Column("DOB", lambda e: e.birth, identifies=True),
        Column("Passport No", lambda e: e.passport, identifies=True),
        Column("Tazkira", lambda e: e.tazkira, identifies=True),
        Column("Phone/WhatsApp", lambda e: e.phone),
        Column("Province", lambda e: _province(e, 0)),
        Column("Category", lambda e: claim_word(e, "en")),
        Column("Notes", need_words),
    )
    table = _headed(Table(file), columns)
    fill(rng, table, columns, groups, blank_between=0.01, broken=4)
    return _csv(table, ",").encode(), [table]


def ngo_dari_csv(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """CSV in Windows-1256 with semicolons and Dari headers, from an old office computer."""
    columns = (
        Column("شماره فامیل", lambda e: e.group),
        Column("اسم", lambda e: e.name, identifies=True),
        Column("نام پدر", lambda e: e.father, identifies=True),
        Column("قرابت", lambda e: relation_word(e, "fa")),
        Column("جنس", lambda e: sex_word(e, "fa")),
        Column("تاریخ تولد", lambda e: e.birth, identifies=True),
        Column("نمبر تذکره", lambda e: e.tazkira, identifies=True),
        Column("نمبر پاسپورت", lambda e: e.passport, identifies=True),
        Column("شماره تماس", lambda e: e.phone),
        Column("ولایت", lambda e: _province(e, 1)),
        Column("کتگوری", lambda e: claim_word(e, "fa")),
        Column("ملاحظات", lambda e: need_words(e, "fa", "، ")),
    )
    table = Table(file)
    table.put_other(["لیست فامیل های مستحق", *[None] * (len(columns) - 1)], "title")
    _headed(table, columns)
    fill(rng, table, columns, groups, subtotal_every=40, subtotal="مجموع", broken=4)
    text = (
        _csv(table, ";")
        .replace("ی", "ي")
        .replace("\u200c", " ")
        .replace("ګ", "گ")
        .replace("ښ", "ش")
        .replace("ږ", "ژ")
    )
    return text.encode("cp1256"), [table]


def teachers_tsv(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """Tab-separated UTF-16 with Pashto headers, as a spreadsheet program saves 'Unicode text'."""
    columns = (
        Column("د کورنۍ شمېره", lambda e: e.group),
        Column("نوم", lambda e: e.given, identifies=True),
        Column("تخلص", lambda e: e.surname, identifies=True),
        Column("د پلار نوم", lambda e: e.father, identifies=True),
        Column("خپلوي", lambda e: relation_word(e, "ps")),
        Column("جنس", lambda e: sex_word(e, "ps")),
        Column("د زېږېدو نېټه", lambda e: e.birth, identifies=True),
        Column("د تذکرې شمېره", lambda e: e.tazkira, identifies=True),
        Column("د پاسپورت شمېره", lambda e: e.passport, identifies=True),
        Column("د ټلیفون شمېره", lambda e: e.phone),
        Column("ولایت", lambda e: _province(e, 1)),
        Column("کټګوري", lambda e: claim_word(e, "ps")),
    )
    table = _headed(Table(file), columns)
    fill(rng, table, columns, groups, blank_between=0.02, broken=3)
    return _csv(table, "\t").encode("utf-16"), [table]


def chat_text(rng: np.random.Generator, file: str, groups: Sequence[Sequence[Entry]]) -> Made:
    """A chat, pasted: a line of talk, then one person a line; here and there two small children in one."""
    table, minute = Table(file), 0
    for group in groups:
        minute += between(rng, 1, 9)
        clock = f"{minute // 60 % 24:02d}:{minute % 60:02d}"
        stamp = f"[{20 + minute // 1440 % 6}/08/2021, {clock}] Helper {between(rng, 1, 7)}:"
        talk = pick(
            rng,
            (
                "please add this family",
                "urgent pls, new case",
                "they are near the gate now",
                "see below, all have papers",
            ),
        )
        table.put_other([f"{stamp} {talk}"], "talk")
        first = group[0]
        extra = claim_word(first, "en")
        place = f"Family {first.group}, {_province(first, 0)}, speaks {LANGUAGES[first.place.family.language]}"
        table.put_other([f"{place}, {extra}" if extra else place], "family-line")
        _chat_people(table, group, rng)
        if chance(rng, 0.3):
            table.put_other([""], "blank")
        if chance(rng, 0.02):
            table.put_other(["<Media omitted>"], "media")
    return ("\n".join(str(row[0]) for row in table.rows) + "\n").encode(), [table]


def _chat_people(table: Table, group: Sequence[Entry], rng: np.random.Generator) -> None:
    i = 0
    while i < len(group):
        entry, following = group[i], group[i + 1] if i + 1 < len(group) else None
        number = f"{i + 1}. "
        if (
            following is not None
            and entry.place.person.birth.year > 2011
            and entry.relation is following.relation
            and chance(rng, 0.1)
        ):
            ages = f"{entry.birth} and {following.birth}"
            table.put_person([f"{number}{entry.name} and {following.name}, {ages}"], entry)
            table.answers.append(answer(table.file, "", table.last, following, ordinal=2))
            i += 2
            continue
        of = (
            f" s/o {entry.father}"
            if entry.father and entry.sex == "m"
            else f" d/o {entry.father}"
            if entry.father
            else ""
        )
        bits = [f"{number}{entry.name}{of}", relation_word(entry, "en").lower(), entry.birth]
        bits += [f"passport {entry.passport}" if entry.passport else "", entry.phone, need_words(entry)]
        table.put_person([", ".join(bit for bit in bits if bit)], entry)
        i += 1


def _province(entry: Entry, which: int) -> str:
    return lexicon.PROVINCES[entry.place.family.province][which]


def _headed(table: Table, columns: Sequence[Column]) -> Table:
    table.put_other([column.heading for column in columns], "header")
    return table


def _csv(table: Table, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in table.rows:
        if any(cell is not None for cell in row):
            writer.writerow(["" if cell is None else cell for cell in row])
        else:
            out.write(delimiter * (len(row) - 1) + "\r\n")
    return out.getvalue()
