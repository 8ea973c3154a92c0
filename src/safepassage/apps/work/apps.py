"""App configuration."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The app `work`."""

    name = "safepassage.apps.work"
