"""All that can be checked of a store, for `gate check` and for backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.core.errors import Problem


def store_problems() -> tuple[Problem, ...]:
    """What is wrong with the ledger, with the values beside it, and with rows that no signed event bears.

    Cost: reads and verifies all of it.
    """
    from safepassage.apps.accounts.borne import accounts_unborne
    from safepassage.apps.ledger.checking import record_check
    from safepassage.apps.ledger.stored import stored_check
    from safepassage.apps.policy.borne import policies_unborne

    return (*record_check(), *stored_check(), *accounts_unborne(), *policies_unborne())
