"""A name as lists and screens show it: in Latin letters and in those of Dari and Pashto, side by side.

A family of which one list writes the father in Latin and another the daughter in Dari would otherwise be read as two.
"""

from __future__ import annotations

from typing import NamedTuple

from safepassage.core.identity.people import Person
from safepassage.core.names import transliterate
from safepassage.core.names.script import is_arabic

READ = "~"
"""Before a Latin name that no list writes: the program read it from the other script, so that vowels are guessed."""
NAME_MARKS = "Name: ~ read from Dari or Pashto by the program, no list writes it so."
"""What the mark means, for the foot of a list."""


class BothScripts(NamedTuple):
    """A name twice. `arabic` is empty where no list writes it so: nothing is invented in the reader's own script."""

    latin: str
    arabic: str


def both_scripts(person: Person) -> BothScripts:
    """The name in Latin letters, read from the other script if need be, and as lists write it in Dari or Pashto.

    Both are empty for whoever is only counted.
    """
    is_eastern = is_arabic(person.name)
    arabic = person.name_arabic or (person.name if is_eastern else "")
    latin = person.name_latin or ("" if is_eastern else person.name)
    return BothScripts(latin or (f"{READ}{transliterate(arabic)}" if arabic else ""), arabic)
