"""The front doors of dates, names and documents: what they export is there, and no more is promised."""

from __future__ import annotations

import importlib

import pytest


@pytest.mark.parametrize("room", ["dates", "names", "documents"])
def test_every_exported_name_is_there_and_in_order(room):
    module = importlib.import_module(f"safepassage.core.{room}")
    assert sorted(module.__all__) == sorted(set(module.__all__))
    for name in module.__all__:
        assert getattr(module, name).__doc__, f"{room}.{name} has no docstring"
