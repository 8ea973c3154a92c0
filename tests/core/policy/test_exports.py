"""The front door of the room."""

from __future__ import annotations

import safepassage.core.policy as room


def test_every_exported_name_exists_and_they_are_in_order():
    assert list(room.__all__) == sorted(room.__all__, key=lambda name: (name[0].islower(), name))
    assert all(hasattr(room, name) for name in room.__all__)
