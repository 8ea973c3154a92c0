"""The index of search terms, kept by the store's own full-text engine: FTS5 in SQLite, GIN in PostgreSQL.

It holds what `PersonRecord.search_text` says, under the person's order of founding. The engines intersect sorted
lists of people, so that many words at once cost little more than the rarest of them. A table of terms of our own took
fifty times the room and up to a hundred times as long at a million people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from safepassage.apps.registry.models import PersonRecord

_CHUNK = 500
_INDEX = "registry_found"
_SIGN = re.compile(r"[\x00-/:-@\[-`{-\x7f]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms of which a person must have one: written out, or how they begin."""

    terms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


def people_with(wanted: Sequence[Wanted], *, at_most: int) -> list[str]:
    """Ids of people who have a term of each, in no order to count on; nobody if nothing is asked."""
    wanted = [Wanted(_words(one.terms), _words(one.beginnings)) for one in wanted]
    if not wanted or not all(one.terms or one.beginnings for one in wanted):
        return []
    statement, match = (_ON_SQLITE, _fts5) if connection.vendor == "sqlite" else (_ON_POSTGRESQL, _tsquery)
    with connection.cursor() as cursor:
        cursor.execute(statement, [match(wanted), at_most])
        return [key for (key,) in cursor.fetchall()]


def _words(terms: Iterable[str]) -> tuple[str, ...]:
    """Those that the engines hold to be one word; no term that was laid down has a sign in it."""
    return tuple(term for term in terms if term and not _SIGN.search(term))


_ON_SQLITE = """
SELECT person.id FROM registry_found JOIN registry_personrecord person ON person.founded = registry_found.rowid
WHERE registry_found MATCH %s LIMIT %s
"""
_ON_POSTGRESQL = """
SELECT id FROM registry_personrecord
WHERE array_to_tsvector(string_to_array(search_text, ' ')) @@ %s::tsquery LIMIT %s
"""


def _fts5(wanted: Iterable[Wanted]) -> str:
    """Strings in FTS5's own quotes: nothing in them is an operator (SQLite, FTS5 Extension, section 3)."""

    def quoted(term: str) -> str:
        return '"' + term.replace('"', '""') + '"'

    return _all_of(wanted, quoted, begins="*", both=" AND ", either=" OR ")


def _tsquery(wanted: Iterable[Wanted]) -> str:
    """Quoted lexemes (PostgreSQL, 8.11.2 tsquery): nothing in them is an operator."""

    def quoted(term: str) -> str:
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"

    return _all_of(wanted, quoted, begins=":*", both=" & ", either=" | ")


def _all_of(wanted: Iterable[Wanted], quoted: Callable[[str], str], *, begins: str, both: str, either: str) -> str:
    return both.join(
        "(" + either.join([*map(quoted, one.terms), *(quoted(term) + begins for term in one.beginnings)]) + ")"
        for one in wanted
    )


def index_change(now: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Lays down the texts of everybody, by id, whose text is another than before, and takes out those before.

    Whose words were taken out are in no page of the index afterwards: it is written anew, some seconds at a million.
    PostgreSQL follows the person's own row.
    """
    if connection.vendor != "sqlite":
        return
    gone = {key: text for key, text in before.items() if text and text != now.get(key, "")}
    new = {key: text for key, text in now.items() if text and text != before.get(key, "")}
    with connection.cursor() as cursor:
        for lines in _by_order(gone):
            cursor.executemany(
                "INSERT INTO registry_found(registry_found, rowid, terms) VALUES('delete', %s, %s)", lines
            )
        for lines in _by_order(new):
            cursor.executemany("INSERT INTO registry_found(rowid, terms) VALUES(%s, %s)", lines)
        if gone:
            cursor.execute("INSERT INTO registry_found(registry_found) VALUES('optimize')")


def index_renew() -> None:
    """Lays the index down from what stands with the people, as after rows were loaded from a dump."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO registry_found(registry_found) VALUES('delete-all')")
            cursor.execute(
                "INSERT INTO registry_found(rowid, terms) "
                "SELECT founded, search_text FROM registry_personrecord WHERE search_text <> '' ORDER BY founded"
            )


def index_follow(**_signal: object) -> None:
    """Empties the index if nobody is there any more; a store half way through its migrations may have none yet."""
    if _INDEX in connection.introspection.table_names() and not PersonRecord.objects.exists():
        index_renew()


def _by_order(texts: Mapping[str, str]) -> Iterator[list[tuple[int, str]]]:
    """(order of founding, text), part by part."""
    keys = sorted(texts)
    for at in range(0, len(keys), _CHUNK):
        orders = PersonRecord.objects.filter(id__in=keys[at : at + _CHUNK]).values_list("founded", "id")
        yield sorted((order, texts[key]) for order, key in orders)
