"""Long lists are shown a page at a time: nothing loads everybody."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 50


def page_of(request: HttpRequest, items: Any, *, size: int = PAGE_SIZE) -> Page[Any]:  # noqa: ANN401 - query or list
    """The page that `?page=` asks for; a number that is out of range gives the nearest page."""
    return Paginator(items, size).get_page(request.GET.get("page"))
