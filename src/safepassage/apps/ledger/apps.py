"""App configuration."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger."""

    name = "safepassage.apps.ledger"
    verbose_name = "Ledger"
