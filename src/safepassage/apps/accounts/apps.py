"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, roles, teams, operation."""

    name = "safepassage.apps.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Listens for sessions that begin."""
        from safepassage.apps.accounts.opening import listen

        listen()
