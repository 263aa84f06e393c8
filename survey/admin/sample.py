"""The sample of each wave, to look at."""

from django.contrib import admin

from survey.admin.audited import ReadOnlyAdmin
from survey.admin.within import OwnDistrictsAdmin, OwnWavesAdmin
from survey.models import Sample, SampleUnit, Stratum


class StratumInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Stratum
    extra = 0
    can_delete = False
    fields = ("industry_section", "size_class", "population", "sample_size", "is_take_all")
    readonly_fields = fields

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Sample)
class SampleAdmin(OwnWavesAdmin, ReadOnlyAdmin):
    list_display = ["wave", "frame", "method", "size", "minimum_per_stratum", "seed", "drawn_at", "drawn_by"]
    list_select_related = ["wave", "frame", "drawn_by"]
    inlines = [StratumInline]


@admin.register(SampleUnit)
class SampleUnitAdmin(OwnDistrictsAdmin, ReadOnlyAdmin):
    district_path = "unit__district_id"
    list_display = ["unit", "stratum", "inclusion_probability", "design_weight", "permanent_random_number"]
    list_filter = ["sample", "stratum__industry_section", "stratum__size_class"]
    list_select_related = ["unit", "stratum"]
    search_fields = ["unit__name", "unit__credit_code", "unit__unit_key"]
    ordering = ["-sample", "id"]
