"""The designer's pages: the survey with its notice, the questionnaire from section to option, pain points."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from survey.admin.audited import AuditedAdmin
from survey.forms.office.design import EditRuleForm, ItemForm, OptionForm, PageForm, SectionForm
from survey.models import EditRule, Item, Option, Page, PainPoint, Section, Survey
from survey.models.questionnaire import in_language

SHORT_TEXT = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})}}
LONG_LINE = 100


class DesignAdmin(AuditedAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """A part of the design: its history is kept, and its page leads to the part above it."""

    change_form_template = "design/design_change_form.html"
    formfield_overrides: ClassVar[dict[Any, Any]] = SHORT_TEXT
    above: ClassVar[str] = ""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Titles get a field in which they can be read whole."""
        if type(db_field) is models.CharField and (db_field.max_length or 0) >= LONG_LINE and not db_field.choices:
            kwargs["widget"] = forms.TextInput(attrs={"size": 70})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        above = getattr(row, self.above) if row is not None and self.above else None
        if above is not None:
            context |= {"above": above, "above_address": change_address(above)}
        return super().render_change_form(request, context, *args, **kwargs)


def change_address(row: models.Model) -> str:
    """The address of a row's page in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class PartFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The rows of parts, each field with a name of its own, since the head of a column labels none."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", capfirst(field.label or ""))


class PartInline(admin.TabularInline):  # type: ignore[type-arg]
    """The parts of a part, in short; each leads to its own page."""

    extra = 0
    formset = PartFormSet
    show_change_link = True
    sizes: ClassVar[dict[str, int]] = {"code": 10, "title_zh": 20, "title_en": 28, "text_zh": 18, "text_en": 22}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Fields narrow enough for a row of the table."""
        size = self.sizes.get(db_field.name)
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": size})
        elif size:
            kwargs["widget"] = forms.TextInput(attrs={"size": size})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SectionInline(PartInline):
    model = Section
    fields = ["position", "code", "title_zh", "title_en"]


class PageInline(PartInline):
    model = Page
    fields = ["position", "code", "title_zh", "title_en"]


class ItemInline(PartInline):
    model = Item
    fields = ["position", "code", "type", "text_zh", "text_en"]


class OptionInline(PartInline):
    model = Option
    form = OptionForm
    fields = ["position", "code", "text_zh", "text_en", "is_exclusive", "asks_to_specify", "is_row", "relevant"]


@admin.register(PainPoint)
class PainPointAdmin(AuditedAdmin):
    list_display = ["code", "name_zh", "name_en", "theme", "core_theme", "raised_by_zh"]
    list_filter = ["core_theme", "theme"]
    search_fields = ["code", "name_zh", "name_en"]
    fields = ["code", "theme", "core_theme", "position", ("name_zh", "name_en"), ("raised_by_zh", "raised_by_en")]


@admin.register(Survey)
class SurveyAdmin(DesignAdmin):
    list_display = ["__str__", "code", "form_number", "approval_number", "approval_expires", "is_mandatory"]
    search_fields = ["code", "title_zh", "title_en"]
    fieldsets = [
        (None, {"fields": ["code", ("title_zh", "title_en"), "is_demonstration"]}),
        (
            _("Statutory header"),
            {
                "fields": [
                    "form_number",
                    ("issuing_authority_zh", "issuing_authority_en"),
                    "approval_number",
                    "approval_expires",
                ]
            },
        ),
        (
            _("Notice"),
            {
                "description": _("Read by the firm before anything is asked."),
                "fields": [
                    "is_mandatory",
                    ("purpose_zh", "purpose_en"),
                    ("legal_basis_zh", "legal_basis_en"),
                    ("confidentiality_zh", "confidentiality_en"),
                    ("preparation_zh", "preparation_en"),
                    "minutes",
                    ("contact_zh", "contact_en"),
                ],
            },
        ),
    ]


@admin.register(Section)
class SectionAdmin(DesignAdmin):
    form = SectionForm
    above = "questionnaire"
    list_display = ["__str__", "questionnaire", "position"]
    list_filter = ["questionnaire"]
    list_select_related = ["questionnaire"]
    fields = ["questionnaire", "code", "position", ("title_zh", "title_en"), ("intro_zh", "intro_en"), "relevant"]
    inlines = [PageInline]


@admin.register(Page)
class PageAdmin(DesignAdmin):
    form = PageForm
    above = "section"
    list_display = ["__str__", "section", "position"]
    list_filter = ["section__questionnaire", "section"]
    list_select_related = ["section"]
    search_fields = ["code", "title_zh", "title_en"]
    ordering = ["section__questionnaire", "section__position", "position"]
    fields = ["section", "code", "position", ("title_zh", "title_en"), ("intro_zh", "intro_en"), "relevant"]
    inlines = [ItemInline]


@admin.register(Item)
class ItemAdmin(DesignAdmin):
    form = ItemForm
    above = "page"
    list_display = ["code", "text", "type", "place", "about"]
    list_filter = ["page__section__questionnaire", "page__section", "type", "pain_point"]
    list_select_related = ["page", "pain_point"]
    search_fields = ["code", "text_zh", "text_en", "concept"]
    ordering = ["page__section__questionnaire", "page__section__position", "page__position", "position"]
    inlines = [OptionInline]
    fieldsets = [
        (None, {"fields": ["page", "code", "position", "type", ("text_zh", "text_en"), ("hint_zh", "hint_en")]}),
        (_("Meaning"), {"fields": ["concept", "pain_point"]}),
        (_("Logic"), {"fields": ["relevant", "required", "missing"]}),
        (
            _("Answer"),
            {
                "fields": [
                    ("unit_zh", "unit_en"),
                    ("minimum", "maximum", "decimals"),
                    ("can_estimate", "magnitude"),
                    ("max_choices", "max_length"),
                    "prefill",
                ]
            },
        ),
        (
            _("Rarely needed"),
            {
                "classes": ["collapse"],
                "fields": [
                    "constraint",
                    ("constraint_message_zh", "constraint_message_en"),
                    ("required_message_zh", "required_message_en"),
                    "calculation",
                    "appearance",
                    ("file_types", "max_megabytes"),
                    "shuffled",
                ],
            },
        ),
    ]

    @admin.display(description=_("wording"))
    def text(self, item: Item) -> str:
        return in_language(item.text_zh, item.text_en)

    @admin.display(description=_("page"), ordering="page")
    def place(self, item: Item) -> str:
        return item.page.code

    @admin.display(description=_("pain point"), ordering="pain_point")
    def about(self, item: Item) -> str:
        return item.pain_point.code if item.pain_point else ""


@admin.register(Option)
class OptionAdmin(DesignAdmin):
    form = OptionForm
    above = "item"
    list_display = ["__str__", "item", "position", "is_exclusive", "asks_to_specify", "is_row"]
    list_filter = ["item__page__section__questionnaire", "item__page__section", "is_exclusive", "asks_to_specify"]
    list_select_related = ["item"]
    search_fields = ["code", "text_zh", "text_en", "item__code"]
    autocomplete_fields = ["item"]


@admin.register(EditRule)
class EditRuleAdmin(DesignAdmin):
    form = EditRuleForm
    above = "questionnaire"
    list_display = ["code", "level", "message"]
    list_filter = ["questionnaire", "level"]
    list_select_related = ["questionnaire"]
    search_fields = ["code", "condition", "message_zh", "message_en"]
    fields = ["questionnaire", "code", "position", "level", "items", "condition", ("message_zh", "message_en")]

    @admin.display(description=_("message"))
    def message(self, rule: EditRule) -> str:
        return in_language(rule.message_zh, rule.message_en)
