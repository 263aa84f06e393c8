"""Cuts and releases, to look at; what is frozen in them is too large for a page of the admin."""

from django.contrib import admin

from survey.admin.audited import ReadOnlyAdmin
from survey.models import Cut, Release


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["wave", "number", "state", "created_at", "created_by", "digest"]
    list_filter = ["wave"]
    list_select_related = ["wave", "created_by"]
    exclude = ["content", "certificate"]


@admin.register(Cut)
class CutAdmin(ReadOnlyAdmin):
    list_display = ["wave", "number", "as_of", "made_by", "digest"]
    list_filter = ["wave"]
    list_select_related = ["wave", "made_by"]
    exclude = ["about"]
