"""What a manifest says in words, in the language of whoever counts heads with it (`en`, `fa-af`, `ps`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import override

from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES
from safepassage.core.exchange import isolated, paper_words
from safepassage.core.identity import Party
from safepassage.core.people import Need, Sex


@dataclass(frozen=True)
class ManifestWords:
    """The words of one language."""

    language: str = "en"

    @cached_property
    def words(self) -> dict[str, str]:
        """By their names in `layouts/words.json`."""
        return paper_words(self.language)

    def sex(self, sex: Sex) -> str:
        """Of a person; `u`, or nothing in another language, where it is not known."""
        return self.words.get(f"sex_{sex.value}", sex.value if self.language[:2] == "en" else "")

    def needs(self, needs: Sequence[Need]) -> str:
        """Specific needs, comma-separated."""
        return self._comma.join(self.words[f"need_{need.value.replace('-', '_')}"] for need in needs)

    def doubt(self, party: Party, *, has_refused: bool) -> str:
        """What the team of a leg must know of a party: whether more may come than are named, or nobody at all."""
        words, told = self.words, []
        if party.unnamed:
            told.append(words["without_name"].format(n=party.unnamed))
        if party.perhaps_more:
            named = party.stated_size - party.perhaps_more - party.unnamed
            told.append(words["perhaps_more"].format(n=party.perhaps_more, stated=party.stated_size, named=named))
        if has_refused:
            told.append(words["refused_to_come"])
        return "; ".join(told)

    def about(self, *, operation: str, plan: str, closed: datetime) -> str:
        """Of which plan it is, and when it was closed, in the operation's zone; no month is spelt but in English."""
        if self.language[:2] == "en":
            told = operation, plan, f"{closed:%d %b %H:%M}"
        else:
            told = isolated(operation), isolated(plan), isolated(f"{closed:%Y-%m-%d %H:%M}")
        return self.words["manifest_about"].format(**dict(zip(("operation", "plan", "closed"), told, strict=True)))

    def audience(self, permission: str, others: str) -> str:
        """Who may see it, and what becomes of it; `others` is the name of a word for those beside the roles."""
        with override(self.language):
            roles = sorted(
                role.value.replace("-", " ") if self.language[:2] == "en" else str(ROLE_NAMES[role])
                for role in PERMISSIONS[permission]
            )
        return self.words["audience"].format(who=self._comma.join([*roles, self.words[others]]))

    @property
    def _comma(self) -> str:
        return ", " if self.language[:2] == "en" else "، "
