"""The one tree of errors, and problems that are collected instead of raised.

    SafePassageError            code, data, and a sentence that says what to do
    ├── ProblemsError           everything wrong with one text, listed at once
    ├── UnreadableError         a file or a code that can't be read at all
    ├── ForbiddenError          the act is against a rule of the house (two people, quota, role)
    ├── ConflictError           the act was right a moment ago; the state has moved on
    └── NotFoundError           no such person, party, leg, pass ...

An error names what was wrong, where, and what to do next. It never carries a name, a number or a
birth date of a person: messages end in logs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a closed `code`, where it is, and a sentence for a human.

    `where` is as exact as can be told ("lists/a.xlsx, sheet Members, row 12, column DOB"; "line 8").
    `advice` says what to do next. Neither holds personal data.
    """

    code: str
    message: str
    where: str = ""
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{self.message}{advice}"


class SafePassageError(Exception):
    """Base of every error that we raise on purpose.

    Args:
        message: What was wrong, in a sentence.
        code: Machine reason, kebab-case, closed list per room.
        where: File, row, column, line, or id.
        advice: What to do next.
        data: Values for machines (ids and figures only).
    """

    default_code = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        where: str = "",
        advice: str = "",
        **data: Any,  # noqa: ANN401
    ) -> None:
        self.problem = Problem(code or self.default_code, message, where, advice)
        self.data: dict[str, Any] = data
        super().__init__(str(self.problem))

    @property
    def code(self) -> str:
        """Machine reason, kebab-case."""
        return self.problem.code


class ProblemsError(SafePassageError):
    """Everything wrong with one text (a policy, a scenario, a column map, settings), listed at once."""

    default_code = "problems"

    def __init__(self, problems: Iterable[Problem], *, what: str = "the text") -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{what} has {count} problem{'s' if count != 1 else ''}:\n{listed}")


class UnreadableError(SafePassageError):
    """A file, an image or a code that can't be read at all."""

    default_code = "unreadable"


class ForbiddenError(SafePassageError):
    """The act is against a rule of the house: two people, quota, role, purpose."""

    default_code = "forbidden"


class ConflictError(SafePassageError):
    """The act was right a moment ago; the state has moved on. Load again and decide again."""

    default_code = "conflict"


class NotFoundError(SafePassageError):
    """No such person, party, leg, pass, device."""

    default_code = "not-found"


@dataclass(slots=True)
class Problems:
    """Collects problems while a text is validated, so that all are told at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, *, where: str = "", advice: str = "") -> None:
        """Notes one problem and goes on."""
        self.found.append(Problem(code, message, where, advice))

    def raise_if_any(self, what: str) -> None:
        """Ends the validation.

        Raises:
            ProblemsError: if anything was noted; it lists everything.
        """
        if self.found:
            raise ProblemsError(self.found, what=what)
