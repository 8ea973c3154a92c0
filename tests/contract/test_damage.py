"""Whatever a column of the store holds: no page breaks, no command ends in a traceback, and the check names it.

The columns are found by introspection: a new one is damaged too, and one that keeps JSON or a closed list in another
field than ours fails the first test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import cycle
from typing import TypeVar

import pytest
from benchmarks.console import addresses
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from safepassage.apps.accounts.roles import Role
from safepassage.apps.accounts.services import account_create
from safepassage.apps.ledger.columns import StoredCode, StoredJSON
from safepassage.apps.ledger.stored import models_kept, stored_check
from safepassage.cli import app
from tests.contract.damaged import columns, damage, damages_of, walk_operation

T = TypeVar("T")
pytestmark = pytest.mark.django_db
MEANS_NOTHING = {
    (column, "{}")
    for column in (
        "gate.ReleasedText.texts",
        "gate.WalkIn.heads",
        "intake.Batch.column_maps",
        "outreach.KeyedEntry.fields",
        "movement.ManifestRecord.persons",
        "registry.MatcherVersion.effect",
        "registry.ResolveRun.figures",
        "registry.ResolveRun.parameters",
        "registry.ReviewRecord.content",
        "work.Job.arguments",
        "work.Job.result",
    )
}
"""Columns that may be empty: nobody can tell by looking at one whether it was."""
COMMANDS = (
    ("gate", "check", "--json"),
    ("count", "--json"),
    ("parties", "--json"),
    ("accounts", "list", "--json"),
    ("plan", "list", "--json"),
    ("policy", "list", "--json"),
    ("review", "--json"),
)


class UndoneError(Exception):
    """Takes a damage back."""


@pytest.fixture
def walked(operation, tmp_path, settings) -> Client:
    settings.DEBUG = False
    walk_operation(tmp_path)
    client = Client(raise_request_exception=False)
    client.post("/login/", {"username": "reader", "password": "not theirs"})
    client.force_login(account_create(username="reader", password=None, roles=frozenset(Role)))
    return client


def test_every_column_of_json_or_of_a_closed_list_is_read_by_a_field_that_finds_damage():
    loose = [
        str(field)
        for model in models_kept()
        for field in model._meta.concrete_fields
        if (isinstance(field, models.JSONField) and not isinstance(field, StoredJSON))
        or (isinstance(field, models.CharField) and field.choices and not isinstance(field, StoredCode))
    ]
    assert loose == []


def test_no_damage_breaks_a_page_and_the_check_names_each(walked):
    """Each damage of each column is done to every row; at every second, a page that reads them is asked for."""
    assert [model.__name__ for model in models_kept() if not model.objects.exists()] == []
    assert stored_check() == ()
    pages = turns_of({address: partial(walked.get, address) for address in addresses().values()})
    broken, untold, is_asked = [], [], cycle((True, False))
    for field in columns():
        for text in damages_of(field):
            with done_and_undone(field, text):
                told = {problem.where.partition(", ")[2] for problem in stored_check([field.model])}
                if told != {field.column} and (str(field), text) not in MEANS_NOTHING:
                    untold.append((str(field), text, told))
                if not next(is_asked):
                    continue
                address = next(pages[field.model])
                answer = walked.get(address)
                if answer.status_code >= 500 or "Traceback" in answer.text:
                    broken.append((str(field), text, address, repr(answer.exc_info)))
    assert broken == []
    assert untold == []


def test_no_damage_ends_a_command_in_a_traceback(walked):
    """As above with one of the commands that read the table, for columns of JSON and of closed lists."""
    turns, broken = turns_of({command: partial(CliRunner().invoke, app, command) for command in COMMANDS}), []
    texts = {field.model: cycle(damages_of(field)) for field in columns() if isinstance(field, StoredJSON)}
    for field in columns():
        if not isinstance(field, StoredJSON | StoredCode):
            continue
        text = next(texts[field.model]) if isinstance(field, StoredJSON) else "unheard-of"
        with done_and_undone(field, text):
            command = next(turns[field.model])
            ran = CliRunner().invoke(app, command)
            if ran.exit_code not in {0, 1} or not isinstance(ran.exception, SystemExit | None):
                broken.append((str(field), text, command, repr(ran.exception)))
    assert broken == []


@contextmanager
def done_and_undone(field: models.Field, text: str) -> Iterator[None]:
    with suppress(UndoneError), transaction.atomic():
        damage(field, text)
        yield
        raise UndoneError


def turns_of(acts: Mapping[T, Callable[[], object]]) -> dict[type[models.Model], Iterator[T]]:
    """For each model the acts that read its table, in an endless turn; all of them where none does."""
    reading: dict[type[models.Model], list[T]] = {model: [] for model in models_kept()}
    for name, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            act()
        told = " ".join(query["sql"] for query in queries)
        for model, known in reading.items():
            if f'"{model._meta.db_table}"' in told:
                known.append(name)
    return {model: cycle(known or acts) for model, known in reading.items()}
