"""Corrections and the audit history, to look at; rules of retention, to set."""

from django.contrib import admin

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin
from survey.admin.within import OwnCasesAdmin
from survey.models import Correction, RetentionRule, StaffAction


@admin.register(Correction)
class CorrectionAdmin(OwnCasesAdmin, ReadOnlyAdmin):
    case_path = "response__case__"
    list_display = ["at", "response", "item", "old", "new", "state", "rule", "reason", "author"]
    list_filter = ["response__case__wave", "state", "item", "author"]
    list_select_related = ["response", "author"]
    ordering = ["-id"]


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
