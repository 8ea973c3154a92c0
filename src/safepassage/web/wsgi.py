"""WSGI entry point."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
application = get_wsgi_application()

from safepassage import vault  # noqa: E402 - after the applications are there
from safepassage.web.warm import warm_up  # noqa: E402

warm_up()
vault.follow(Path(settings.HOME), is_watching=True)
