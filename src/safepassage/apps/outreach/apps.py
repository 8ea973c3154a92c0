"""App configuration."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The app `outreach`."""

    name = "safepassage.apps.outreach"
