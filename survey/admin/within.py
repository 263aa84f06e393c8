"""Rows of cases in the admin: only those of the districts and surveys that are the user's."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from survey.admin.audited import AuditedAdmin
from survey.models import Territory
from survey.selectors.fieldwork.territory import own_cases, own_districts


class OwnCasesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """``case_path`` leads from a row to its case."""

    case_path = "case__"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(own_cases(request.user, self.case_path))


class OwnDistrictsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """``district_path`` leads from a row to the number of its district."""

    district_path = "district_id"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(own_districts(request.user, self.district_path))


@admin.register(Territory)
class TerritoryAdmin(AuditedAdmin):
    """Who works on which districts and surveys; who has no row works on all."""

    list_display = ["user", "district", "survey"]
    list_filter = ["district", "survey"]
    list_select_related = ["user", "district", "survey"]
    search_fields = ["user__username"]
