"""App configuration."""

from django.apps import AppConfig


class MovementConfig(AppConfig):
    """The app `movement`."""

    name = "safepassage.apps.movement"
