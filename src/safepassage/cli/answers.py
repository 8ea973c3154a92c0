"""Checks each answer of `init` the moment it is given, so that a wrong one is asked for again at once.

An option that is wrong on the command line stops the command before anything is made; a prompt is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar
from zoneinfo import available_timezones

import typer

from safepassage.core.errors import SafePassageError
from safepassage.core.exchange.sealing import passphrase_check

Answer = TypeVar("Answer", str, int)
LEAST_PASSWORD = 12
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_NO_TEMPLATE = "none"


def asked(check: Callable[[Answer], Answer]) -> Callable[[typer.Context, Answer], Answer]:
    """The callback of an option that checks its answer; with `--json` the command itself tells all that is wrong."""

    def callback(context: typer.Context, value: Answer) -> Answer:
        return value if context.params.get("as_json") else check(value)

    return callback


def name_answer(value: str) -> str:
    """A name of an operation or of whoever controls the data: some words on one line."""
    said = " ".join(value.split())
    if not any(sign.isalnum() for sign in said):
        raise typer.BadParameter("It can't be empty. Write a few words.")
    if len(said) > 160:
        raise typer.BadParameter("It has more than 160 characters. Write it shorter.")
    return said


def contact_answer(value: str) -> str:
    """How partners reach the desk: an address with @, or a phone of six figures or more."""
    said = " ".join(value.split())
    figures = sum(sign.isdecimal() for sign in said)
    if "@" not in said and figures < 6:
        raise typer.BadParameter("Partners can't write or call this. Give an e-mail address or a phone number.")
    return name_answer(said)


def code_answer(value: str) -> str:
    """The operation's code."""
    if _CODE.fullmatch(value):
        return value
    proposed = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:40].strip("-")
    advice = f" For instance: {proposed}" if proposed else " For instance: north-2026"
    raise typer.BadParameter(f"Only small letters a to z, figures and dashes, 40 at most.{advice}")


def days_answer(value: int) -> int:
    """Days of retention."""
    if not 1 <= value <= 3650:
        raise typer.BadParameter("Give a number of days from 1 to 3650.")
    return value


def zone_answer(value: str) -> str:
    """A time zone of the IANA list; near ones are named."""
    zones = available_timezones()
    said = value.strip().replace(" ", "_")
    known = {zone.casefold(): zone for zone in zones}
    if said.casefold() in known:
        return known[said.casefold()]
    near = sorted(zone for zone in zones if said and zone.casefold().endswith(f"/{said.casefold()}"))
    hint = f"Perhaps {', '.join(near[:3])}." if near else "For instance: Asia/Kabul, Asia/Islamabad, Europe/Berlin."
    raise typer.BadParameter(f"Not a name of the IANA list. {hint}")


def region_answer(value: str) -> str:
    """A country by two letters."""
    from phonenumbers import SUPPORTED_REGIONS

    said = value.strip().upper()
    if said not in SUPPORTED_REGIONS:
        raise typer.BadParameter("Not a country by two letters (ISO 3166-1). For instance: AF, PK, DE, US.")
    return said


def policy_answer(value: str) -> str:
    """A policy template that comes with the program, or none."""
    said = value.strip().lower()
    folder = files("safepassage.core.policy").joinpath("templates")
    names = sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml"))
    if said not in (*names, _NO_TEMPLATE):
        raise typer.BadParameter(f"There is no such template. Take one of: {', '.join((*names, _NO_TEMPLATE))}.")
    return said


def password_answer(value: str) -> str:
    """The desk's password, as far as it can be judged before there is a store; the rest is checked with the store."""
    if len(value) < LEAST_PASSWORD:
        raise typer.BadParameter(f"It has fewer than {LEAST_PASSWORD} characters. Take four random words.")
    if len(set(value)) < 5 or value.isdecimal():
        raise typer.BadParameter("That is quickly guessed. Take four random words.")
    return value


def passphrase_answer(value: str) -> str:
    """The passphrase of the backup."""
    try:
        passphrase_check(value)
    except SafePassageError as error:
        raise typer.BadParameter(f"{error.problem.message} {error.problem.advice}") from error
    return value
