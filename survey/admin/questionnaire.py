"""The designer's pages: the survey with its notice, the questionnaire from section to option, pain points."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from survey.admin.audited import AuditedAdmin, text_column
from survey.admin.removal import NamedRemovalAdmin
from survey.asked_terms.speaking import speak_of_all
from survey.forms.office.design import EditRuleForm, ItemForm, OptionForm, PageContentForm, SectionForm, SurveyForm
from survey.forms.office.translated import ContentForm, form_field_of, offer_languages
from survey.models import EditRule, Item, Option, Page, PainPoint, Section, Survey
from survey.models.choices import said_when_shown
from survey.models.translated import TranslatedField
from survey.selectors.design.languages import content_languages
from survey.terms import ItemType

SHORT_TEXT = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})}}
LONG_LINE = 100


class DesignAdmin(AuditedAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """A part of the design: its history is kept, and its page leads to the part above it."""

    change_form_template = "design/design_change_form.html"
    formfield_overrides: ClassVar[dict[Any, Any]] = SHORT_TEXT
    form = ContentForm
    above: ClassVar[str] = ""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Titles get a field in which they can be read whole."""
        if isinstance(db_field, TranslatedField):
            return form_field_of(db_field, **({"size": 70} if db_field.max_length else {"rows": 3, "cols": 80}))
        # By type: slugs and addresses are char fields too, and have widgets of their own.
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

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return content_languages(self.instance)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        offer_languages(form.fields.values(), self.languages)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", capfirst(field.label or ""))


class PartInline(admin.TabularInline):  # type: ignore[type-arg]
    """The parts of a part, in short; each leads to its own page."""

    extra = 0
    formset = PartFormSet
    show_change_link = True
    sizes: ClassVar[dict[str, int]] = {"code": 10, "title": 30, "text": 30}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Fields narrow enough for a row of the table."""
        size = self.sizes.get(db_field.name)
        if isinstance(db_field, TranslatedField):
            return form_field_of(db_field, **({"size": size} if db_field.max_length else {"rows": 2, "cols": size}))
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": size})
        elif size:
            kwargs["widget"] = forms.TextInput(attrs={"size": size})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SectionInline(PartInline):
    model = Section
    # A section is deleted on its own page, where its name is asked.
    can_delete = False
    fields = ["position", "code", "title"]


class PageInline(PartInline):
    model = Page
    fields = ["position", "code", "title"]


class ItemInline(PartInline):
    model = Item
    fields = ["position", "code", "type", "text"]


class OptionInline(PartInline):
    model = Option
    form = OptionForm
    of_any: ClassVar[list[str]] = ["position", "code", "text", "is_exclusive", "asks_to_specify", "is_row", "relevant"]
    of_columns: ClassVar[dict[str, list[str]]] = {
        ItemType.TABLE.value: ["type", "choices", "is_required"],
        ItemType.NUMBER_TABLE.value: ["is_required"],
    }

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of a column only where the item has columns, and its kind only where they differ."""
        return [*self.of_any, *(self.of_columns.get(obj.type, []) if obj is not None else [])]


@admin.register(PainPoint)
class PainPointAdmin(AuditedAdmin):
    list_display = ["code", "wording", "theme", "origin"]
    list_filter = ["theme"]
    search_fields = ["code", "name"]
    fields = ["code", "theme", "position", "name", "raised_by"]
    wording, origin = text_column("name", _("name")), text_column("raised_by", _("raised by"))


@admin.register(Survey)
class SurveyAdmin(NamedRemovalAdmin, DesignAdmin):
    form = SurveyForm
    list_display = ["__str__", "code", "form_number", "approval_number", "approval_expires", "is_mandatory"]
    search_fields = ["code", "title"]
    fieldsets = [
        (None, {"fields": ["code", "title", "asks", "languages", "is_demonstration"]}),
        (
            _("Statutory header"),
            {
                "fields": [
                    "form_number",
                    "issuing_authority",
                    "approval_number",
                    "approval_expires",
                ]
            },
        ),
        (
            _("Notice"),
            {
                "description": said_when_shown("Read by the firm before anything is asked."),
                "fields": [
                    "is_mandatory",
                    "purpose",
                    "legal_basis",
                    "confidentiality",
                    "preparation",
                    "minutes",
                    "hourly_cost",
                    "contact",
                ],
            },
        ),
        (_("Unusual answers"), {"fields": ["reasons"]}),
    ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form tells of what the survey asks; of firms for a new one."""
        speak_of_all([obj.asks] if obj is not None else [])
        return super().get_form(request, obj, change, **kwargs)


@admin.register(Section)
class SectionAdmin(NamedRemovalAdmin, DesignAdmin):
    form = SectionForm
    above = "questionnaire"
    list_display = ["__str__", "questionnaire", "position"]
    list_filter = ["questionnaire"]
    list_select_related = ["questionnaire"]
    fields = ["questionnaire", "code", "position", "title", "intro", "relevant"]
    inlines = [PageInline]


@admin.register(Page)
class PageAdmin(DesignAdmin):
    form = PageContentForm
    above = "section"
    list_display = ["__str__", "section", "position"]
    list_filter = ["section__questionnaire", "section"]
    list_select_related = ["section"]
    search_fields = ["code", "title"]
    ordering = ["section__questionnaire", "section__position", "position"]
    fields = ["section", "code", "position", "title", "intro", "relevant"]
    inlines = [ItemInline]


@admin.register(Item)
class ItemAdmin(DesignAdmin):
    form = ItemForm
    above = "page"
    list_display = ["code", "wording", "type", "place", "about"]
    list_filter = ["page__section__questionnaire", "page__section", "type", "pain_point"]
    list_select_related = ["page", "pain_point"]
    search_fields = ["code", "text", "concept"]
    # As firms are asked, which is how a designer looks for a question.
    ordering = ["page__section__questionnaire", "page__section__position", "page__position", "position"]
    inlines = [OptionInline]
    fieldsets = [
        (None, {"fields": ["page", "code", "position", "type", "text", "hint"]}),
        (_("Meaning"), {"fields": ["concept", "pain_point"]}),
        (_("Logic"), {"fields": ["relevant", "required", "missing"]}),
        (
            _("Answer"),
            {
                "fields": [
                    "unit",
                    ("minimum", "maximum", "decimals"),
                    ("can_estimate", "magnitude"),
                    ("max_choices", "max_length"),
                    "prefill",
                    ("beside_last", "largest_change"),
                ]
            },
        ),
        (
            _("Rarely needed"),
            {
                "classes": ["collapse"],
                "fields": [
                    "constraint",
                    "constraint_message",
                    "required_message",
                    "calculation",
                    "appearance",
                    ("file_types", "max_megabytes"),
                    "shuffled",
                ],
            },
        ),
    ]

    wording = text_column("text", _("wording"))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form tells of what the survey of the item asks; of a new item, of what those of the site ask."""
        every = Survey.objects.order_by().values_list("asks", flat=True)
        speak_of_all(every if obj is None else [obj.page.section.questionnaire.survey.asks])
        return super().get_form(request, obj, change, **kwargs)

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
    search_fields = ["code", "text", "item__code"]
    # A questionnaire has hundreds of items, which nobody looks through in one drop-down.
    autocomplete_fields = ["item"]


@admin.register(EditRule)
class EditRuleAdmin(DesignAdmin):
    form = EditRuleForm
    above = "questionnaire"
    list_display = ["code", "level", "wording"]
    list_filter = ["questionnaire", "level"]
    list_select_related = ["questionnaire"]
    search_fields = ["code", "condition", "message"]
    fields = ["questionnaire", "code", "position", "level", "items", "condition", "message"]
    wording = text_column("message", _("message"))
