"""The shape of the house, held by tests: foreign keys point down, modules stay small, front doors are honest."""

from __future__ import annotations

import importlib
import re
import statistics
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "safepassage"
STACK = (
    "ledger", "accounts", "intake", "registry", "policy", "movement", "passes", "gate", "outreach", "work", "console",
)  # fmt: skip
ROOMS = sorted(path.parent.name for path in (SOURCE / "core").glob("*/__init__.py"))


def modules() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_foreign_keys_point_down_the_stack() -> None:
    checked = 0
    for model in apps.get_models():
        if model._meta.app_label not in STACK:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model._meta.app_label in STACK:
                here, there = STACK.index(model._meta.app_label), STACK.index(field.related_model._meta.app_label)
                assert there <= here, f"{model.__name__}.{field.name} points up to {field.related_model.__name__}"
                checked += 1
    assert checked > 10


def test_the_ledger_has_no_foreign_keys() -> None:
    for model in apps.get_app_config("ledger").get_models():
        assert not [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def test_no_module_is_over_five_hundred_lines_and_the_median_is_under_one_hundred_and_fifty() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path.name: length for path, length in lengths.items() if length > 500} == {}
    assert statistics.median(lengths.values()) < 150


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_exports_is_there_and_explained(room: str) -> None:
    door = importlib.import_module(f"safepassage.core.{room}")
    assert len(door.__all__) == len(set(door.__all__))
    for name in door.__all__:
        assert getattr(door, name).__doc__ or not callable(getattr(door, name)), f"{room}.{name} has no docstring"


def test_every_dependency_is_justified_in_one_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    for group in (*project["dependency-groups"].values(), *project["project"]["optional-dependencies"].values()):
        wanted += [one for one in group if isinstance(one, str)]
    names = {re.split(r"[\[<>=; ]", one)[0].lower() for one in wanted}
    npm = set(
        re.findall(r'^    "([^"]+)": "[\^~\d]', (ROOT / "package.json").read_text(encoding="utf-8"), re.MULTILINE)
    )
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    justified = {match.lower() for match in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)}
    assert names | {one.lower() for one in npm} == justified


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "manager", "misc", "base"}
    django_looks_there = {SOURCE / "web" / name / "base.py" for name in ("checked_sqlite", "encrypted_sqlite")}
    assert {path for path in modules() if path.stem in drawers} == django_looks_there
