"""By what an address may narrow a list of the admin: by its filters alone, never by a field that the list hides."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.http import HttpRequest

ENDINGS = ("", "__exact", "__isnull", "__gte", "__lt", "__id__exact", "__year", "__month", "__day")
"""How the filters of the admin and its years and months end; none of them tries parts of a text or a pattern."""


class ListedLookUps:
    """Mixed into every admin of the site. Django itself lets an address ask for any field of the row itself, so that
    ``?content__icontains=`` would tell, guess by guess, what no page shows."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        listed = set(_filtered(self, request))
        return any(lookup == f"{name}{ending}" for name in listed for ending in ENDINGS)


def _filtered(admin: Any, request: HttpRequest | None) -> Iterator[str]:
    """The names of the filters of a list, and of the date by which it is leafed through."""
    for one in admin.list_filter if request is None else admin.get_list_filter(request):
        if isinstance(one, type) and issubclass(one, SimpleListFilter):
            yield one.parameter_name or ""
        else:
            yield one if isinstance(one, str) else one[0]
    if admin.date_hierarchy:
        yield admin.date_hierarchy


def with_listed_look_ups(admin: type[ModelAdmin[Any]] | None) -> type[ModelAdmin[Any]]:
    """The admin class with the rule; the same one where it has it already."""
    given = admin or ModelAdmin
    if issubclass(given, ListedLookUps):
        return given
    # Made here and not asked of every class: admin classes of other apps have to keep the rule as well.
    return type(given.__name__, (ListedLookUps, given), {"__module__": given.__module__, "__doc__": given.__doc__})
