"""Template tags of the console's frame."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.navigation import places_for
from safepassage.core.errors import NotFoundError

register = template.Library()


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
