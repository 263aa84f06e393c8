"""Rows of cases in the admin: only those of the districts and surveys that are the user's."""

from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin, record_reading_by
from survey.models import Case, Territory
from survey.selectors.fieldwork.territory import own_cases, own_districts, own_waves, works_everywhere


class OwnCasesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """``case_path`` leads from a row to its case."""

    case_path = "case__"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(own_cases(request.user, self.case_path))


class OwnAnswersAdmin(OwnCasesAdmin, ReadOnlyAdmin):
    """Rows that hold answers of a firm: whoever opens one of them is written down, as on the page of the case."""

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        # Through the queryset of one's own cases: of another district nothing is opened, and no reading noted.
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_view_permission(request, row):
            case = Case.objects.get(pk=attrgetter(self.case_path.replace("__", ".") + "pk")(row))
            record_reading_by(request, verb="read_answers", subject=case, **{str(row._meta.model_name): row.pk})
        return super().change_view(request, object_id, *args, **kwargs)


class OwnDistrictsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """``district_path`` leads from a row to the number of its district."""

    district_path = "district_id"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(own_districts(request.user, self.district_path))


class OwnWavesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """``wave_path`` leads from a row to its wave; only who works on every district changes what all of them share."""

    wave_path = "wave__"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        waves = own_waves(request.user).values("pk")
        return super().get_queryset(request).filter(**{f"{self.wave_path}pk__in": waves})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A deadline or a version concerns every district of the survey.
        return super().has_change_permission(request, obj) and works_everywhere(request.user)


@admin.register(Territory)
class TerritoryAdmin(AuditedAdmin):
    """Who works on which districts and surveys; who has no row works on all."""

    list_display = ["user", "district", "survey"]
    list_filter = ["district", "survey"]
    list_select_related = ["user", "district", "survey"]
    search_fields = ["user__username"]
