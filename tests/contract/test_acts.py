"""An act that writes rows appends an event of the ledger, or says here why the ledger need not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APPS = Path(__file__).parents[2] / "src" / "safepassage" / "apps"
SILENT_ROOMS = {"console", "management", "migrations"}
"""They hold no services: pages and commands call those of the others."""
WRITING = {"create", "save", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
TELLING = {"event_append", "chain_write"}
ALLOWED = {
    # founding and configuration: told by an event of the act around it, or by nothing that concerns a person
    "accounts.founding.operation_found": "`init`, which founds it, appends operation-opened in the same transaction",
    "accounts.founding.team_create": "a team is configured, as points and legs are; who answers for whom are events",
    "ledger.sitechain.site_found": "the chain itself: there is none to write to before",
    "passes.services.issuing_key_register": "the first key of a site; whoever replaces it appends key-rotated",
    # the ledger's own record
    "ledger.receiving.parked_settle": "stores the events of others",
    "accounts.guesses.guess_count": "wrong passwords of a quarter of an hour; each is a line of the access log",
    "accounts.guesses.guess_take_back": "as above",
    "accounts.guesses.guesses_forget": "as above",
    "ledger.services.access_note": "the access log, beside the ledger: who looked at whom",
    "ledger.sitechain.records_insert": "stores events",
    # readings of events, kept so that a question is answered at once
    "gate.effects.events_heed": "what events of devices mean for walk-ins and tallies: derived from them",
    "gate.services.tally_note": "an officer's estimate: the device's event pressure-tallied is its record",
    # derived anew from listings and judgements; the run that calls them appends what changed
    "registry.records.assignment_store": "part of resolve_run",
    "registry.records.parties_store": "part of resolve_run",
    "registry.records.links_store": "part of resolve_run",
    "registry.records.reviews_store": "part of resolve_run",
    "registry.records.identified_store": "part of resolve_run",
    "registry.records.run_store": "part of resolve_run",
    "registry.arrivals.arrivals_look": "whom a list's people may be: derived; batch-received told of the list",
    "registry.services.review_close": "part of confirming a member, which is the event",
    # erasure and retention: listings-erased is the event of the act that calls them
    "policy.overriding.override_reasons_forget": "part of an erasure",
    "registry.checks.facts_forget": "part of an erasure",
    "registry.kin.relations_forget": "part of an erasure, which tells of itself",
    "registry.checks.facts_forget_beside": "part of an erasure",
    "registry.erasing.judgement_words_forget": "part of an erasure",
    # proposals and readings, without effect before an act that is an event
    "gate.services.device_invite": "an invitation; whoever joins by it is device-enrolled",
    "gate.services.device_seen": "when a device was last in contact",
    "intake.services.column_map_save": "how a kind of table is read; batch-received tells what was read by it",
    "registry.versions.matcher_propose": "a proposal with what it would change; matcher-adopted is the act",
    "movement.services.network_keep": "points and legs; the plan that is published on them is told by its digest",
    "movement.services.plan_make": "a proposal; plan-published is the act",
    "movement.amending.plan_amend": "a draft; plan-published and windows-moved are the act",
    "movement.told.told_note": "part of a call or of a release, which are the events",
    "movement.services.bookings_tell": "part of a call or of a release, which are the events",
    "passes.services.passes_print_given": "a print was collected; passes-issued told of it, and issuing anew would",
    "outreach.services.texts_load": "texts as they come with the program; text-approved is the act",
    "outreach.messages.messages_draft": "part of relief_accept, which tells windows-moved; their release is an event",
    "outreach.services.message_write": "a file for a person to send; the call that tells somebody is the event",
    "gate.printed.pack_note": "what a paper pack holds; export-made tells of the print",
    # the queue of long work: each job appends what it does
    "work.services.job_ask": "the queue",
    "work.services.job_begin": "the queue",
    "work.services.job_end": "the queue",
    "work.services.job_stop": "the queue",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(APPS.glob("*/*.py")):
        if path.parent.name not in SILENT_ROOMS and path.stem not in {"models", "selectors", "search", "lookup"}:
            yield f"{path.parent.name}.{path.stem}", ast.parse(path.read_text(encoding="utf-8"))


def called(function: ast.FunctionDef) -> set[str]:
    """Names of the functions that a function calls by name."""
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def is_writing(function: ast.FunctionDef) -> bool:
    """Whether it writes rows itself; `save(path)` of a workbook and `update(other)` of a set are none."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and (not node.args or node.func.attr.startswith("bulk"))
        and not (node.func.attr == "update" and not node.keywords)
        for node in ast.walk(function)
    )


@pytest.fixture(scope="module")
def functions() -> dict[str, ast.FunctionDef]:
    return {
        f"{module}.{node.name}": node
        for module, tree in modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def reach(start: str, functions: dict[str, ast.FunctionDef], *, private_only: bool) -> set[str]:
    """A function and all that it calls; with `private_only`, only the helpers of its own module."""
    by_name: dict[str, list[str]] = {}
    for key in functions:
        by_name.setdefault(key.rsplit(".", 1)[1], []).append(key)
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for name in called(functions[here]):
            for key in by_name.get(name, ()):
                is_near = key.rsplit(".", 1)[0] == here.rsplit(".", 1)[0]
                if key in found or (private_only and not (name.startswith("_") and is_near)):
                    continue
                if not name.startswith("_") or is_near:
                    found.add(key)
                    waiting.append(key)
    return found


def untold(functions: dict[str, ast.FunctionDef]) -> tuple[set[str], set[str]]:
    """Public functions that write rows, and those of them that no event tells."""
    acts = {
        key
        for key in functions
        if not key.rsplit(".", 1)[1].startswith("_")
        and any(is_writing(functions[one]) for one in reach(key, functions, private_only=True))
    }
    silent = {
        key
        for key in acts
        if not any(TELLING & called(functions[one]) for one in reach(key, functions, private_only=False))
    }
    return acts, silent


def test_every_act_that_writes_rows_is_told_by_an_event_or_says_why_not(functions) -> None:
    acts, silent = untold(functions)
    assert len(acts) > 60, "the walk finds the services"
    assert silent - ALLOWED.keys() == set(), "append an event, or argue in ALLOWED"


def test_nothing_is_excused_that_is_told_or_gone(functions) -> None:
    _acts, silent = untold(functions)
    assert ALLOWED.keys() - silent == set()
    assert all(len(why) > 5 for why in ALLOWED.values())


def test_the_walk_finds_a_silent_act() -> None:
    source = "def step_set(key):\n    _put(key)\ndef _put(key):\n    Step.objects.filter(pk=key).update(done=1)\n"
    tree = ast.parse(source + "def told(key):\n    _put(key)\n    event_append(kind=1)\n")
    made = {f"x.services.{node.name}": node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert untold(made) == ({"x.services.step_set", "x.services.told"}, {"x.services.step_set"})
