"""Waves: their dates and version are edited here; opening and closing has a page of its own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from survey.admin.audited import AuditedAdmin
from survey.models import QuestionnaireVersion, Wave
from survey.terms import WaveStatus

MOVES = {
    WaveStatus.PLANNED.value: ("wave_open", _("Open")),
    WaveStatus.OPEN.value: ("wave_close", _("Close")),
    WaveStatus.CLOSED.value: ("wave_open", _("Open again")),
}


@admin.register(Wave)
class WaveAdmin(AuditedAdmin):
    list_display = ["title", "status", "move", "opens_at", "closes_at", "target_responses", "code"]
    list_filter = ["status", "survey"]
    readonly_fields = ["status"]

    @admin.display(description=_("wave"), ordering="code")
    def title(self, wave: Wave) -> str:
        return str(wave)

    @admin.display(description=_("collection"))
    def move(self, wave: Wave) -> str:
        page, label = MOVES[wave.status]
        return format_html('<a href="{}">{}</a>', reverse(page, args=[wave.code]), label)

    def get_readonly_fields(self, request: HttpRequest, obj: Wave | None = None) -> list[str]:
        """A wave that has been open keeps its survey, code and questionnaire version."""
        has_begun = obj is not None and obj.status != WaveStatus.PLANNED.value
        return ["status", "survey", "code", "version"] if has_begun else ["status"]

    def has_delete_permission(self, request: HttpRequest, obj: Wave | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == WaveStatus.PLANNED.value)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "version":
            kwargs["queryset"] = QuestionnaireVersion.objects.select_related("questionnaire").defer("schema")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
