"""What every page of the admin has in common: staff actions go to the audit history, and some things are only read."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from survey.admin.stale import StaleRefusedAdmin
from survey.forms.office.translated import form_field_of
from survey.models.translated import TranslatedField, in_page_language
from survey.services.audit import record_action, record_reading


def record(request: HttpRequest, verb: str, thing: Model, **detail: Any) -> None:
    actor = request.user if isinstance(request.user, User) else None
    # With the key: a name may be changed, or be given to another row later.
    record_action(actor=actor, verb=verb, subject=thing, model=thing._meta.label_lower, key=str(thing.pk), **detail)


def record_reading_by(request: HttpRequest, *, verb: str, subject: object, **detail: Any) -> None:
    """Write down that the user is shown answers."""
    if isinstance(request.user, User):
        record_reading(actor=request.user, verb=verb, subject=subject, **detail)


def text_column(field: str, label: Any) -> Any:
    """A column of a list that shows a text in the language of the page."""

    @admin.display(description=label, ordering=field)
    def wording(_admin: Any, row: Model) -> str:
        return in_page_language(getattr(row, field))

    return wording


@cache
def without_link(field: ForeignKey[Any, Any]) -> Any:
    """A row of a page that names what the field points to, where Django would lead to its page."""

    @admin.display(description=field.verbose_name)
    def name(row: Model) -> str:
        return str(getattr(row, field.name) or "-")

    return name


def take_over_the_rest(thing: Model, fields: Mapping[str, Field]) -> None:
    """Hold a stored row, and read again what its form does not ask: saving the whole row would put back what a job, or
    a page that does one thing, has written since the form was read."""
    stored = type(thing)._base_manager.select_for_update(of=("self",)).filter(pk=thing.pk).first()
    if stored is None:
        return
    asked = {name for name, field in fields.items() if not field.disabled}
    for field in thing._meta.concrete_fields:
        if field.name not in asked:
            setattr(thing, field.attname, getattr(stored, field.attname))


class LeadingNowhereAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A page that is only looked at leads to no page that would refuse the reader."""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Django links whatever a field points to, and asks nobody whether the reader may see it."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [(title, {**parts, "fields": [self._led(request, name) for name in parts["fields"]]})
                for title, parts in fieldsets]  # fmt: skip

    def _led(self, request: HttpRequest, name: Any) -> Any:
        field = next((field for field in self.opts.fields if field.name == name), None)
        if not isinstance(field, ForeignKey):
            return name
        pages = self.admin_site._registry.get(field.related_model)
        return name if pages is None or pages.has_view_permission(request) else without_link(field)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The history of what has versions of its own is for those with the right to it."""
        sees = getattr(self, "has_view_history_or_change_history_permission", self.has_view_permission)
        context["sees_history"] = sees(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)


class AuditedAdmin(LeadingNowhereAdmin, StaleRefusedAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Adding, changing and deleting are written to the audit history, with the names of the changed fields."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A text is written in its languages; day and time, under one label, get a name each."""
        if isinstance(db_field, TranslatedField):
            return form_field_of(db_field, size=70)
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, AdminSplitDateTime):
            for part, name in zip(widget.widgets, (_("day"), _("time")), strict=True):
                part.attrs["aria-label"] = format_lazy("{} – {}", db_field.verbose_name, name)
        return formfield

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            if change:
                take_over_the_rest(obj, form.fields)
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        with transaction.atomic():
            for part in formset.initial_forms:
                if part.has_changed():
                    take_over_the_rest(part.instance, part.fields)
            super().save_formset(request, form, formset, change)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        record(request, "add", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        # Names of fields alone, as Django's own log has them: values in it could not be erased.
        record(request, "change", obj, change=message if isinstance(message, list) else [str(message)])
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        # Called before they are deleted: afterwards nothing would say which they were.
        for thing in queryset:
            record(request, "delete", thing)
        return super().log_deletions(request, queryset)


class ReadOnlyAdmin(LeadingNowhereAdmin):
    """Looked at by those who may, changed by nobody: services write it."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
