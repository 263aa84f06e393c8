"""The frame: its classifications to edit, its firms to look at, its imports to follow."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin, text_column
from survey.admin.within import OwnDistrictsAdmin
from survey.models import Contact, District, FrameImport, FrameUnit, Industry, SamplingFrame, SizeThreshold
from survey.services.firm_changes import note_contact

READY = SamplingFrame.Status.READY


@admin.register(Industry)
class IndustryAdmin(AuditedAdmin):
    list_display = ["code", "wording", "parent"]
    list_display_links = ["code", "wording"]
    wording = text_column("name", _("name"))
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]


@admin.register(District)
class DistrictAdmin(AuditedAdmin):
    list_display = ["code", "wording", "position"]
    list_display_links = ["code", "wording"]
    wording = text_column("name", _("name"))
    search_fields = ["code", "name"]


@admin.register(SizeThreshold)
class SizeThresholdAdmin(AuditedAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    list_display = ["group_name", "indicator", "large_min", "medium_min", "small_min", "industry_codes"]
    list_filter = ["indicator"]
    search_fields = ["group_name", "industry_codes"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "group_name",
                    "industry_codes",
                    "indicator",
                    "large_min",
                    "medium_min",
                    "small_min",
                    "source",
                ],
                "description": _(
                    "A firm needs the lower bound of every indicator of its group, else it drops to the class below. "
                    "Some bounds and the codes of the groups were set down from memory (see the source): compare them "
                    "with the rule before relying on them. A change holds for later imports only."
                ),
            },
        )
    ]


@admin.register(SamplingFrame)
class SamplingFrameAdmin(AuditedAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Frames come in by an import; only the title can be changed. A frame that is still loading is not seen."""

    change_list_template = "fieldwork/frame_change_list.html"
    list_display = ["title", "lists", "firms", "source_name", "created_at", "created_by", "is_demonstration"]
    list_filter = ["is_demonstration", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["title", "source_name"]
    readonly_fields = [
        "status", "lists", "source_name", "source_digest", "unit_count", "is_demonstration", "created_at", "created_by",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[SamplingFrame]:
        # One that is loading grows by portions and would be looked at, and sampled from, half.
        return super().get_queryset(request).filter(status=READY)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A frame is the population of samples drawn from it; a list that is not wanted is discarded before it is
        # loaded.
        return False

    @admin.display(description=_("firms"), ordering="unit_count")
    def firms(self, frame: SamplingFrame) -> str:
        address = f"{reverse('admin:survey_frameunit_changelist')}?frame__id__exact={frame.pk}"
        return format_html('<a href="{}">{}</a>', address, frame.unit_count)


class ReadyFrameFilter(admin.RelatedFieldListFilter):
    """Frames to choose from, without those that are still loading."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return field.get_choices(include_blank=False, limit_choices_to={"status": READY})


@admin.register(FrameUnit)
class FrameUnitAdmin(OwnDistrictsAdmin, ReadOnlyAdmin):
    list_display = [
        "credit_code",
        "unit_key",
        "name",
        "district",
        "industry",
        "industry_section",
        "size_class",
        "employees",
        "revenue",
    ]
    list_display_links = ["credit_code", "name"]
    list_filter = [("frame", ReadyFrameFilter), "size_class", "industry_section", "district"]
    list_select_related = ["district", "industry"]
    search_fields = ["credit_code", "unit_key", "name"]
    # Lists of two years hold the same firms: without a second key pages would repeat some and leave out others.
    ordering = ["credit_code", "unit_key", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FrameUnit]:
        return super().get_queryset(request).filter(frame__status=READY)


@admin.register(Contact)
class ContactAdmin(OwnDistrictsAdmin, AuditedAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Persons to write to: corrected here, added and removed with their firm."""

    district_path = "unit__district_id"

    list_display = ["firm", "name", "email", "phone"]
    list_filter = [("unit__frame", ReadyFrameFilter)]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "unit__credit_code", "name", "email", "phone"]
    ordering = ["unit__credit_code", "pk"]
    readonly_fields = ["unit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        return super().get_queryset(request).filter(unit__frame__status=READY)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # The sampled firm keeps its weight and stratum; whom to write to is known to the register from now on.
        actor = request.user if isinstance(request.user, User) else None
        note_contact(contact=obj, at=timezone.now(), author=actor)

    @admin.display(description=_("name of the firm"), ordering="unit__name")
    def firm(self, contact: Contact) -> str:
        return contact.unit.full_name


@admin.register(FrameImport)
class FrameImportAdmin(ReadOnlyAdmin):
    """The list of imports; each opens on its own page."""

    change_list_template = "fieldwork/frame_change_list.html"
    list_display = ["title", "source_name", "status", "rows_total", "rows_good", "rows_bad", "created_at", "created_by"]
    list_filter = ["status", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["title", "source_name"]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Asked here, since the redirect leaves before Django would ask.
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return redirect("frame_import_report", found.pk)
