"""What fieldwork leaves behind, to look at; the office's own case pages do the work."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from survey.admin.audited import ReadOnlyAdmin
from survey.admin.within import OwnAnswersAdmin, OwnCasesAdmin
from survey.models import Case, LateDraft, Paradata, Response


@admin.display(description=_("case"))
def case_link(row: Response | LateDraft | Paradata) -> str:
    return format_html('<a href="{}">{}</a>', reverse("case_detail", args=[row.case_id]), row.case.sample_unit.unit)


@admin.register(Case)
class CaseAdmin(OwnCasesAdmin, ReadOnlyAdmin):
    case_path = ""
    list_display = ["firm", "wave", "status", "disposition", "is_closed", "code_sent_at", "reminders", "page"]
    list_filter = ["wave", "status", "disposition", "is_closed"]
    list_select_related = ["wave", "sample_unit__unit"]
    search_fields = ["sample_unit__unit__name", "sample_unit__unit__credit_code", "sample_unit__unit__unit_key"]
    exclude = ["code_hash"]

    @admin.display(description=_("firm"), ordering="sample_unit__unit__name")
    def firm(self, case: Case) -> str:
        return case.sample_unit.unit.full_name

    @admin.display(description=_("page"))
    def page(self, case: Case) -> str:
        return format_html('<a href="{}">{}</a>', reverse("case_detail", args=[case.pk]), _("Open the case"))


@admin.register(Response)
class ResponseAdmin(OwnAnswersAdmin):
    list_display = ["__str__", case_link, "status", "is_current", "channel", "revision", "saved_at", "submitted_at"]
    list_filter = ["case__wave", "status", "is_current", "channel", "language"]
    list_select_related = ["case__sample_unit__unit"]
    search_fields = ["receipt_number", "case__sample_unit__unit__name"]
    exclude = ["submission_key"]
    date_hierarchy = "submitted_at"


@admin.register(LateDraft)
class LateDraftAdmin(OwnAnswersAdmin):
    list_display = ["received_at", case_link]
    list_filter = ["case__wave"]
    list_select_related = ["case__wave", "case__sample_unit__unit"]


@admin.register(Paradata)
class ParadataAdmin(OwnCasesAdmin, ReadOnlyAdmin):
    list_display = ["at", case_link, "event", "page"]
    list_filter = ["case__wave", "event"]
    list_select_related = ["case__wave", "case__sample_unit__unit"]
    # By number: several events of one second keep their order.
    ordering = ["-id"]
