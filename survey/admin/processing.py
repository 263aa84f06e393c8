"""Corrections and the audit history, to look at; rules of retention, to set."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin, record_reading_by
from survey.admin.within import OwnAnswersAdmin
from survey.models import Correction, RetentionRule, StaffAction


@admin.register(Correction)
class CorrectionAdmin(OwnAnswersAdmin):
    case_path = "response__case__"
    list_display = ["at", "response", "item", "old", "new", "state", "rule", "reason", "author"]
    list_filter = ["response__case__wave", "state", "item", "author"]
    list_select_related = ["response", "author"]
    ordering = ["-id"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list itself shows values of firms."""
        if self.has_view_permission(request):
            record_reading_by(request, verb="read_corrections", subject="–")
        return super().changelist_view(request, extra_context)


@admin.register(StaffAction)
class StaffActionAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "verb", "subject", "detail"]
    list_filter = ["verb", "actor"]
    list_select_related = ["actor"]
    search_fields = ["subject"]
    date_hierarchy = "at"


@admin.register(RetentionRule)
class RetentionRuleAdmin(AuditedAdmin):
    list_display = ["kind", "survey", "days"]
    list_filter = ["survey", "kind"]
    list_select_related = ["survey"]
