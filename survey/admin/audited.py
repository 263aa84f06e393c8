"""What every page of the admin has in common: staff actions go to the audit history, and some things are only read."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
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


def column_of(field: str, label: Any) -> Any:
    """A column of a list that shows a text in the language of the page."""

    @admin.display(description=label, ordering=field)
    def wording(_admin: Any, row: Model) -> str:
        return in_page_language(getattr(row, field))

    return wording


class AuditedAdmin(StaleRefusedAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
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


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Looked at by those who may, changed by nobody: services write it."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
