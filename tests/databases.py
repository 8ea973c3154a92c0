"""Databases of their own on the server of DATABASE_URL, for tests that run the program as other processes."""

from __future__ import annotations

import os
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
import psycopg


def server() -> psycopg.Connection:
    """A connection to the server, for making and dropping databases."""
    known = dj_database_url.parse(os.environ["DATABASE_URL"])
    login = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    options = {name: known[key] for name, key in login.items() if known[key]}
    return psycopg.connect(dbname=known["NAME"], autocommit=True, **options)


def url_of(name: str) -> str:
    """The address of a database on that server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def name_of(name: str) -> str:
    """A database's name that no other worker of the same run uses."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def is_postgres() -> bool:
    """Whether the tests run on PostgreSQL."""
    return bool(os.environ.get("DATABASE_URL"))
