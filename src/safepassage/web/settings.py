"""Django settings. Everything that an installation may change comes from the environment, read here once.

SAFEPASSAGE_HOME      folder of the operation: store, keys, secret (default: ./operation)
DATABASE_URL          PostgreSQL for several users; without it SQLite (WAL) in SAFEPASSAGE_HOME, encrypted where the
                      folder has a store key (`safepassage.vault`)
SAFEPASSAGE_DEBUG     "1" for development; never with real people
SAFEPASSAGE_HOSTS     comma-separated host names that the site answers to
SAFEPASSAGE_ORIGIN    address at which phones reach the site, e.g. https://192.168.50.1:8443; `serve --lan` sets it
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from safepassage import vault
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.intake.sniff import MAX_BYTES

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SAFEPASSAGE_HOME", "operation")).resolve()
DEBUG = os.environ.get("SAFEPASSAGE_DEBUG") == "1"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("SAFEPASSAGE_HOSTS", "").split(",")),
]


def _secret() -> str:
    """The site's secret: derived from the open store key; without one made at first use and kept beside the store."""
    given = os.environ.get("SAFEPASSAGE_SECRET")
    if given:
        return given
    if vault.held() is not None:
        return vault.subkey("sessions").hex()
    path = HOME / "secret"
    if path.exists():
        return path.read_text().strip()
    if not HOME.is_dir() or vault.is_sealed(HOME):
        return secrets.token_urlsafe(50)
    made = secrets.token_urlsafe(50)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(made)
    return made


def _unlock() -> None:
    """A process that nobody unlocked (a worker, `manage.py`) finds the key with the keeper or in the environment.

    Where it finds none the settings load all the same, and the first look into the store says that it is locked.
    """
    with contextlib.suppress(ForbiddenError, NotFoundError):
        vault.unlock(HOME)


_unlock()
SECRET_KEY = _secret()
_provisional: list[str] = [SECRET_KEY] if vault.is_sealed(HOME) and vault.held() is None else []


def secret_settle() -> None:
    """Where a process began on a locked store: its true secret, as soon as somebody has unlocked it."""
    if _provisional and vault.held() is not None:
        from django.conf import settings

        _provisional.clear()
        settings.SECRET_KEY = _secret()


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "safepassage.apps.ledger",
    "safepassage.apps.accounts",
    "safepassage.apps.intake",
    "safepassage.apps.registry",
    "safepassage.apps.policy",
    "safepassage.apps.movement",
    "safepassage.apps.passes",
    "safepassage.apps.gate",
    "safepassage.apps.outreach",
    "safepassage.apps.work",
    "safepassage.apps.console",
]

MIDDLEWARE = [
    "safepassage.web.headers.ContentPolicy",
    "safepassage.web.problems.ApiProblems",
    "django.middleware.security.SecurityMiddleware",
    "safepassage.web.assets.Assets",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "safepassage.web.problems.LockedPage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "safepassage.web.sessions.OneOpening",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "safepassage.web.problems.OperationClock",
    "safepassage.web.problems.ProblemPage",
]

ROOT_URLCONF = "safepassage.web.urls"
ASGI_APPLICATION = "safepassage.web.asgi.application"
WSGI_APPLICATION = "safepassage.web.wsgi.application"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never a plain file
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_BYTES + 2**20  # the list, and the form around it
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database() -> dict[str, Any]:
    if os.environ.get("DATABASE_URL"):
        return dict(dj_database_url.config(conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "safepassage.web.encrypted_sqlite" if vault.is_sealed(HOME) else "safepassage.web.checked_sqlite",
        "NAME": HOME / "store.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds to wait for the one writer
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fa-af", _("Dari")), ("ps", _("Pashto"))]
LANGUAGES_BIDI = ["fa", "ps"]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
WORK_AT_ONCE = False
"""Tests do long work inside the request; everyone else has a worker beside the web."""

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "safepassage.web.problems.page_unaccepted"
FIELD_ORIGIN = os.environ.get("SAFEPASSAGE_ORIGIN", "")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FIELD_ORIGIN.startswith("https://")
"""No HSTS: the certificates are the site's own, and a laptop that is gone must not lock its name for ever."""
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would also hide the origin that sign-in checks
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
