"""What the documents say, held to what the program does."""

from __future__ import annotations

import ast
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

import pytest

from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES, Role
from safepassage.core.identity import AlarmCode
from safepassage.core.intake.codes import DoubtCode, RejectCode, WarningCode
from safepassage.core.ledger.rows import RowFault
from safepassage.core.movement import BlockCode, FaultCode
from safepassage.core.passes import VerdictCode
from safepassage.core.passes.sentences import REASONS
from tests.contract.make_cli_docs import TARGET, cli_docs
from tests.contract.make_third_party import TARGET as NOTICES
from tests.contract.make_third_party import browser_packages, python_packages

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
CODES: tuple[type[StrEnum], ...] = (
    VerdictCode, RejectCode, DoubtCode, WarningCode, AlarmCode, BlockCode, FaultCode, RowFault,
)  # fmt: skip
UNSAID = (
    "upload", "claim", "beneficiary", "pax", "refugee", "passenger", "orphan", "roster", "tombstone", "custody",
    "household", "entity", "ticket",
)  # fmt: skip
"""Words that the glossary bans and that no class or model may be named by."""
AS_WRITTEN_ELSEWHERE = {"Household", "Upload"}
"""Households of a list are evidence and have the name; the web's own word for sending a file."""


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    return re.split(r"^## ", page.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(table: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


@pytest.mark.parametrize("paper", PAGES, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(paper):
    for target in re.findall(r"\]\(([^)\s]+)\)", paper.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:", "#")):
            assert (paper.parent / unquote(target.split("#")[0])).exists(), target


@pytest.mark.parametrize("paper", PAGES, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_page_named_in_a_page_exists(paper):
    for name in re.findall(
        r"\b((?:docs|spec|examples)/[\w./-]+\.(?:md|json|yaml))\b", paper.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), name


def test_the_page_of_the_command_is_what_its_help_says():
    assert TARGET.read_text(encoding="utf-8") == cli_docs(), "run: python -m tests.contract.make_cli_docs"


@pytest.mark.parametrize("codes", CODES, ids=lambda codes: codes.__name__)
def test_every_reason_code_is_told_in_its_order(codes):
    assert first_cells(section(read("docs/codes.md"), codes.__name__)) == [code.value for code in codes]


def test_the_sentences_of_codes_are_those_that_people_read():
    page = read("docs/codes.md")
    for sentence in (*REASONS.values(), *(code.sentence for code in (*RejectCode, *DoubtCode))):
        assert sentence in page


def test_every_setting_read_from_the_environment_is_told_and_no_other():
    source = read("src/safepassage/web/settings.py")
    known = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', source))
    of_the_key = set(re.findall(r'VARIABLE = "(\w+)"', read("src/safepassage/vault/unlocking.py")))
    assert len(of_the_key) == 4
    of_secrets = set(re.findall(r'_FILE = "(\w+)"', read("src/safepassage/cli/secret_options.py")))
    assert len(of_secrets) == 5
    assert set(first_cells(section(read("docs/operations.md"), "Settings"))) == known | of_the_key | of_secrets
    told_in_code = set(re.findall(r"^([A-Z_]+)  ", ast.get_docstring(ast.parse(source)), re.MULTILINE))
    assert known - told_in_code <= {"SAFEPASSAGE_SECRET"}


def test_the_table_of_roles_is_the_table_of_the_code():
    rows = re.findall(
        r"^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \|$", section(read("docs/operations.md"), "Roles"), re.MULTILINE
    )
    told = {code: (name.strip(), frozenset(re.findall(r"`([^`]+)`", may))) for code, name, may in rows}
    of_everyone = {word for word, holders in PERMISSIONS.items() if holders == frozenset(Role)}
    assert told == {
        role.value: (
            str(ROLE_NAMES[role]),
            frozenset(word for word, holders in PERMISSIONS.items() if role in holders and word not in of_everyone),
        )
        for role in Role
    }


def test_no_class_has_a_name_that_the_glossary_bans():
    banned = re.compile("|".join(word.capitalize() for word in UNSAID))
    named = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sorted((ROOT / "src/safepassage").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for word in banned.findall(node.name)
        if word not in AS_WRITTEN_ELSEWHERE
    ]
    assert named == []


def test_every_banned_word_of_the_test_stands_in_the_glossary():
    page = read("docs/glossary.md").lower()
    assert [word for word in UNSAID if word not in page] == []


def test_decisions_are_numbered_without_gap_and_have_one_form():
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. "), page.name
        assert re.findall(r"^(Status|## Context|## Decision|## Consequences)", text, re.MULTILINE) == [
            "Status", "## Context", "## Decision", "## Consequences",
        ], page.name  # fmt: skip


def test_everything_that_runs_is_in_the_third_party_notices():
    told = set(first_cells(NOTICES.read_text(encoding="utf-8")))
    wanted = {
        re.split(r"[\[<>=]", line)[0] for line in tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    }
    assert wanted <= told
    assert {name for name, _, _ in browser_packages()} <= told
    missing = {name for name, _, _ in python_packages()} - told
    assert not missing, "run: python -m tests.contract.make_third_party"


def test_the_readme_is_short_and_leads_to_every_page():
    page = read("README.md")
    assert len(page.splitlines()) < 150
    assert "make demo" in page
    assert "make test" in page
    named = set(re.findall(r"\]\(docs/([\w-]+\.md)\)", page)) | {
        "dependencies.md",
        "third-party.md",
        "translations.md",
    }
    assert {one.name for one in (ROOT / "docs").glob("*.md")} <= named
    picture = ROOT / "docs/images/board.png"
    assert picture.stat().st_size < 300_000
