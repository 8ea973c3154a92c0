"""ASGI entry point."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
application = get_asgi_application()

from safepassage.web.warm import warm_up  # noqa: E402 - after the applications are there

warm_up()
