"""Reads a policy text."""

from __future__ import annotations

from safepassage.core.policy.values import Policy


def policy_digest(text: str) -> str:
    """SHA-256 of the text (UTF-8, line ends as LF), 64 hex digits: says which text a device applies."""
    raise NotImplementedError


def read_policy(text: str, *, file: str = "") -> Policy:
    """Reads and validates a policy.

    Raises:
        ProblemsError: with every mistake at once, each with its line.
    """
    raise NotImplementedError
