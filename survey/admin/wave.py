"""Waves: their dates and version are edited here; opening and closing has a page of its own."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from survey.admin.audited import AuditedAdmin
from survey.admin.removal import NamedRemovalAdmin
from survey.admin.within import OwnWavesAdmin
from survey.asked_terms.speaking import speak_of_all
from survey.forms.office.waves import WaveForm
from survey.models import Survey, Wave
from survey.services.fieldwork.waves import field_version
from survey.terms import WaveStatus

MOVES = {
    WaveStatus.PLANNED.value: ("wave_open", _("Open")),
    WaveStatus.OPEN.value: ("wave_close", _("Close")),
    WaveStatus.CLOSED.value: ("wave_open", _("Open again")),
}
# Letters and cases have gone out under this code and survey: both stay.
READ_ONLY = {
    WaveStatus.PLANNED.value: ["status"],
    WaveStatus.OPEN.value: ["status", "survey", "code"],
    WaveStatus.CLOSED.value: ["status", "survey", "code", "version"],
}


@admin.register(Wave)
class WaveAdmin(OwnWavesAdmin, NamedRemovalAdmin, AuditedAdmin):
    wave_path = ""
    list_display = ["title", "status", "move", "opens_at", "closes_at", "target_responses", "code"]
    form = WaveForm
    list_filter = ["status", "survey"]
    readonly_fields = ["status"]

    @admin.display(description=_("wave"), ordering="code")
    def title(self, wave: Wave) -> str:
        return str(wave)

    @admin.display(description=_("collection"))
    def move(self, wave: Wave) -> str:
        page, label = MOVES[wave.status]
        return format_html('<a href="{}">{}</a>', reverse(page, args=[wave.code]), label)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Opening and closing is offered to those who may."""
        may = request.user.has_perm("survey.change_wave")
        return [name for name in self.list_display if may or name != "move"]

    def get_readonly_fields(self, request: HttpRequest, obj: Wave | None = None) -> list[str]:
        """A wave that has begun keeps survey and code; its version may be corrected while it is open."""
        return READ_ONLY[obj.status if obj is not None else WaveStatus.PLANNED.value]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form tells of what the survey of the wave asks; of a new wave, of what those of the site ask."""
        asked = [obj.survey.asks] if obj is not None else Survey.objects.order_by().values_list("asks", flat=True)
        speak_of_all(asked)
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Wave, form: Any, change: bool) -> None:
        """A version that an open wave changes to is fielded; responses that were begun keep theirs."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if obj.status == WaveStatus.OPEN.value and obj.version is not None:
                # In the same transaction: an open wave never asks a version that stands in test.
                field_version(version=obj.version)

    def has_delete_permission(self, request: HttpRequest, obj: Wave | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == WaveStatus.PLANNED.value)
