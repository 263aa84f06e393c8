"""Releases, to look at; their frozen content is too large for a page and goes into the workbook."""

from django.contrib import admin

from survey.admin.audited import ReadOnlyAdmin
from survey.models import Release


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["wave", "number", "created_at", "created_by", "digest"]
    list_filter = ["wave"]
    list_select_related = ["wave", "created_by"]
    exclude = ["content"]
