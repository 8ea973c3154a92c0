"""Template tags of the console's frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.navigation import places_for
from safepassage.core.errors import NotFoundError
from safepassage.core.identity import Person, both_scripts

register = template.Library()

OWN_NAMES = {"en": "English", "fa-af": "دری", "ps": "پښتو"}
"""Each language by its own name, so that whoever reads it finds it."""


@register.filter
def may(account: Any, permission: str) -> bool:  # noqa: ANN401 - also the anonymous user
    """Whether the reader may do something: `{% if user|may:"plan.make" %}`."""
    return bool(account.is_authenticated and account.may(permission))


@register.simple_tag(takes_context=True)
def place_link(context: Context, place: str, text: str, asked: str = "") -> SafeString:
    """A link to a place of the console, or the bare text where the reader may not go (or it has no page yet).

    `asked` is what the page is asked for, from the question mark on.
    """
    allowed = {one.url for one in places_for(context["request"].user)}
    if place not in allowed:
        return format_html("{}", text)
    return format_html('<a href="{}{}">{}</a>', reverse(place), asked, text)


@register.simple_tag
def both_names(person: Person, fallback: str = "") -> SafeString:
    """A name in Latin letters and, below, in those of Dari and Pashto: the same two for everyone of a family."""
    names = both_scripts(person)
    if not names.latin:
        return format_html("{}", fallback or gettext("name unknown"))
    below = format_html('<br><bdi class="quiet" dir="rtl" lang="fa">{}</bdi>', names.arabic) if names.arabic else ""
    return format_html('<bdi dir="ltr">{}</bdi>{}', names.latin, below)


@register.filter
def mirror(percent: int) -> int:
    """What is left of a hundred: where a bar that stands on the ground begins."""
    return 100 - percent


@register.simple_tag
def tier_bar(shares: Iterable[tuple[int, int, float]]) -> SafeString:
    """A bar of tiers; `shares` are (tier, heads, percent of the seats). The figures stand beside it."""
    offset = 0.0
    rects = []
    for tier, _, percent in shares:
        rects.append((tier, round(offset, 1), percent))
        offset += percent
    inner = format_html_join("", '<rect class="tier-{}" x="{}" width="{}" height="4"/>', rects)
    return format_html(
        '<svg class="tier-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">{}</svg>', inner
    )


@register.simple_tag
def language_buttons() -> SafeString:
    """One button for each language; the present one is marked."""
    here = get_language()
    return format_html_join(
        "",
        '<button name="language" value="{}" lang="{}" class="plain"{}>{}</button>',
        (
            (code, code, SafeString(' aria-current="true"' if code == here else ""), OWN_NAMES.get(code, code))
            for code, _ in settings.LANGUAGES
        ),
    )


@register.simple_tag
def operation_line() -> SafeString:
    """The operation's name, or nothing before there is one."""
    try:
        operation = operation_now()
    except NotFoundError:
        return SafeString("")
    return format_html('<span class="operation">{}</span>', operation.name)


@register.simple_tag(takes_context=True)
def corridor_nav(context: Context) -> SafeString:
    """The places that the reader may see, as links; the present one is marked."""
    request: Any = context["request"]
    here = request.path
    links = []
    for place in places_for(request.user):
        url = reverse(place.url)
        current = here == url if url == "/" else here.startswith(url)
        links.append((url, SafeString(' aria-current="page"' if current else ""), place.label))
    return format_html_join("", '<a href="{}"{}>{}</a>', links)
