"""The menu: each app says in its `AppConfig.ready` which pages it offers and who may see them.

An entry is shown when its page exists on this site and its permission says yes; the page itself checks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

May = Callable[[HttpRequest], bool]


def everyone(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the menu. `order`: lower is further to the front; equal orders are sorted by url name."""

    label: str | Promise
    url_name: str
    may: May = everyone
    order: int = 50


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this reader sees it now."""

    label: str
    url: str
    current: bool
    here: bool


_entries: dict[str, Entry] = {}


def register(label: str | Promise, url_name: str, *, may: May = everyone, order: int = 50) -> None:
    """Offer a page; registering the same url name again replaces the entry."""
    _entries[url_name] = Entry(label, url_name, may, order)


def unregister(url_name: str) -> None:
    _entries.pop(url_name, None)


def items(request: HttpRequest) -> tuple[Item, ...]:
    """What this reader may open, in order; the entry whose address is the longest beginning of the path is current."""
    entries = sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name))
    found = [(entry, url) for entry in entries if (url := _address(entry)) and entry.may(request)]
    within = [url for _, url in found if _is_within(request.path, url)]
    current = max(within, key=len, default="")
    return tuple(Item(str(entry.label), url, url == current, url == request.path) for entry, url in found)


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _is_within(path: str, url: str) -> bool:
    return path == url or (url.count("/") > 1 and path.startswith(url.rstrip("/") + "/"))
