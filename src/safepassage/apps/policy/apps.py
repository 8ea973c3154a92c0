"""App configuration."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The app `policy`."""

    name = "safepassage.apps.policy"
