"""Every address of the site, as the URL resolver has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One pattern: its full name (empty where it has none) and its path as it is written."""

    name: str
    path: str


def every_route() -> list[Route]:
    """The patterns of the whole site, in the order in which they are tried."""
    return list(_below(get_resolver(), "", ()))


def _below(resolver: URLResolver, before: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for found in resolver.url_patterns:
        path = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield Route(name=":".join((*namespaces, found.name)) if found.name else "", path=path)
        else:
            yield from _below(found, path, (*namespaces, *filter(None, [found.namespace])))
