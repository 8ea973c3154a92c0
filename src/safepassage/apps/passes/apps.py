"""App configuration."""

from django.apps import AppConfig


class PassesConfig(AppConfig):
    """The app `passes`."""

    name = "safepassage.apps.passes"
