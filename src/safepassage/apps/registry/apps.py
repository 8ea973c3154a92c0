"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "safepassage.apps.registry"

    def ready(self) -> None:
        """A store that was emptied keeps no words of search: emptying knows nothing of the engine's own table."""
        from safepassage.apps.registry.search_index import index_follow

        post_migrate.connect(index_follow, sender=self)
