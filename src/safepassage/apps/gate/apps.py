"""App configuration."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """The app `gate`."""

    name = "safepassage.apps.gate"
