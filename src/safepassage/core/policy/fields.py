"""Typed fields out of located nodes; every mistake is noted with its line and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from safepassage.core.errors import Problems
from safepassage.core.policy.located import Mapping as MappingNode
from safepassage.core.policy.located import Node, Scalar, Sequence, place
from safepassage.core.policy.rules import Rule, RuleError, compile_rule
from safepassage.core.policy.values import Words
from safepassage.core.policy.variables import Variable
from safepassage.core.policy.vocabulary import find_unknown_words

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_INTEGER = re.compile(r"[0-9]{1,6}\Z")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(slots=True)
class Fields:
    """The named fields of one mapping. Asking for a field marks it as known; `done` notes those never asked for."""

    node: MappingNode
    problems: Problems
    file: str
    what: str
    asked: set[str] = field(default_factory=set)

    @property
    def line(self) -> int:
        """Where the mapping begins."""
        return self.node.line

    def note(self, code: str, message: str, line: int, advice: str = "") -> None:
        """Notes one mistake."""
        self.problems.add(code, message, where=place(self.file, line), advice=advice)

    def get(self, name: str, *, is_needed: bool = False) -> Node | None:
        """The node of a field, or None."""
        self.asked.add(name)
        found = self.node.fields.get(name)
        if found is None and is_needed:
            self.note("policy-missing", f"{self.what} has no `{name}`.", self.line, f"Add `{name}:`.")
        return found

    def done(self) -> None:
        """Notes fields that nobody knows."""
        for name, line in self.node.lines.items():
            if name not in self.asked:
                known = ", ".join(sorted(self.asked))
                message = f"{self.what} has a field `{name[:40]}` that is not known."
                self.note("policy-unknown-field", message, line, f"Known here: {known}.")

    def text(self, name: str, *, is_needed: bool = True, default: str = "") -> str:
        """A text that is not empty."""
        found = self.get(name, is_needed=is_needed)
        if found is None:
            return default
        if not isinstance(found, Scalar) or not found.value.strip():
            self.note("policy-not-text", f"`{name}` must be a text.", found.line)
            return default
        return found.value.strip()

    def code(self, name: str) -> str:
        """A code: small letters, digits, dashes."""
        value = self.text(name)
        if value and not CODE.match(value):
            line = self.node.lines.get(name, self.line)
            self.note("policy-not-code", f"`{name}` must be small Latin letters, digits and dashes.", line)
            return ""
        return value

    def words(self, name: str) -> Words:
        """A text, or texts by language."""
        found = self.get(name, is_needed=True)
        if not isinstance(found, MappingNode):
            return Words(self.text(name)) if found is not None else Words("")
        inside = Fields(found, self.problems, self.file, f"`{name}`")
        words = Words(inside.text("en"), inside.text("fa-AF", is_needed=False), inside.text("ps", is_needed=False))
        inside.done()
        return words

    def integer(self, name: str, *, most: int, least: int = 0) -> int | None:
        """A whole number within limits; None if absent or wrong."""
        found = self.get(name)
        if found is None:
            return None
        value = found.value.strip() if isinstance(found, Scalar) else ""
        if not _INTEGER.match(value) or not least <= int(value) <= most:
            self.note("policy-not-number", f"`{name}` must be a whole number from {least} to {most}.", found.line)
            return None
        return int(value)

    def truth(self, name: str, *, default: bool | None = None) -> bool | None:
        """Yes or no."""
        found = self.get(name)
        if found is None:
            return default
        value = found.value.strip() if isinstance(found, Scalar) else ""
        if value not in _TRUTH:
            self.note("policy-not-yes-no", f"`{name}` must be yes or no.", found.line)
            return default
        return _TRUTH[value]

    def moment(self, name: str, *, is_needed: bool = False) -> datetime | None:
        """A moment with its zone, as UTC."""
        found = self.get(name, is_needed=is_needed)
        if found is None:
            return None
        advice = "Write it as 2021-08-23T04:30:00Z or 2021-08-23T09:00:00+04:30."
        try:
            moment = datetime.fromisoformat(found.value.strip() if isinstance(found, Scalar) else "")
        except ValueError:
            self.note("policy-not-moment", f"`{name}` must be a day and time with its zone.", found.line, advice)
            return None
        if moment.tzinfo is None:
            self.note("policy-no-zone", f"`{name}` does not say its time zone.", found.line, advice)
            return None
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            self.note("policy-not-moment", f"`{name}` is out of range.", found.line, advice)
            return None

    def choice(self, name: str, kind: type[Choice], *, default: Choice) -> Choice:
        """One of a closed list."""
        found = self.get(name)
        if found is None:
            return default
        return self.one_of(found, name, kind) or default

    def one_of(self, found: Node, name: str, kind: type[Choice]) -> Choice | None:
        """A node as one of a closed list."""
        value = found.value.strip() if isinstance(found, Scalar) else ""
        if value not in set(kind):
            known = ", ".join(each.value for each in kind)
            message = f"`{name}` holds a word that is not known."
            self.note("policy-not-one-of", message, found.line, f"Known: {known}.")
            return None
        return kind(value)

    def items(self, name: str, *, is_needed: bool = False) -> tuple[Node, ...]:
        """The items of a list; a single value counts as a list of one."""
        found = self.get(name, is_needed=is_needed)
        if found is None:
            return ()
        items = found.items if isinstance(found, Sequence) else (found,)
        if not items and is_needed:
            self.note("policy-empty-list", f"`{name}` is empty.", found.line)
        return items

    def texts(self, name: str, *, is_needed: bool = False) -> tuple[tuple[str, int], ...]:
        """A list of texts, each with its line."""
        texts = []
        for item in self.items(name, is_needed=is_needed):
            if isinstance(item, Scalar) and item.value.strip():
                texts.append((item.value.strip(), item.line))
            else:
                self.note("policy-not-text", f"`{name}` must hold texts.", item.line)
        return tuple(texts)

    def mappings(self, name: str, what: str, *, is_needed: bool = False) -> Iterable[Fields]:
        """A list of mappings."""
        found = self.get(name)
        if found is not None and not isinstance(found, Sequence):
            self.note("policy-not-list", f"`{name}` must be a list.", found.line, "Begin each entry with a dash.")
            return
        for item in self.items(name, is_needed=is_needed):
            if isinstance(item, MappingNode):
                yield Fields(item, self.problems, self.file, what)
            else:
                self.note("policy-not-fields", f"Each of `{name}` must have named fields.", item.line)

    def rule(self, name: str, variables: Mapping[str, Variable], *, is_needed: bool = False) -> Rule | None:
        """A compiled rule."""
        found = self.get(name, is_needed=is_needed)
        if found is None:
            return None
        if not isinstance(found, Scalar) or not found.value.strip():
            self.note("policy-not-text", f"`{name}` must be a rule.", found.line)
            return None
        source = " ".join(found.value.split())
        try:
            rule = compile_rule(source, variables)
        except RuleError as error:
            message = f"In `{name}`: {error}."
            self.note("policy-bad-rule", message, self.node.lines.get(name, found.line), error.advice)
            return None
        for message, advice in find_unknown_words(source):
            self.note("policy-unknown-word", message, self.node.lines.get(name, found.line), advice)
        return rule
