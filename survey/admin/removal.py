"""Deleting in the admin: by its name only, kept for some days, and put back from a list."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from survey.admin.audited import ReadOnlyAdmin
from survey.models import Removed
from survey.services.operation.removal import RemovalError, remove, restore_removed


def actor_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


class NamedRemovalAdmin:
    """Mixed into an admin: a row is deleted on its own page alone, by whoever types its code."""

    delete_confirmation_template: ClassVar[Any] = "office/named_removal.html"

    def get_actions(self, request: HttpRequest) -> Any:
        # A tick too many in a list is no name typed.
        return {name: each for name, each in super().get_actions(request).items() if name != "delete_selected"}  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row: Any = self.get_object(request, object_id)  # type: ignore[attr-defined]
        typed = request.POST.get("name", "").strip()
        extra: dict[str, Any] = {**(extra_context or {}), "days": settings.REMOVED_RETENTION_DAYS, "typed": typed}
        # Before Django's own confirmation, which a second press gives unread.
        if row is not None and request.method == "POST" and typed != row.code:
            # Without the right Django refuses, whatever was typed.
            if not self.has_delete_permission(request, row):  # type: ignore[attr-defined]
                return super().delete_view(request, object_id, extra)  # type: ignore[misc, no-any-return]
            # The page once more, as if it had only been opened.
            request.method, request.POST = "GET", type(request.POST)("")
            extra["error"] = gettext("This is not the code. Type it as it stands above, or leave it as it is.")
            response: HttpResponse = super().delete_view(request, object_id, extra)  # type: ignore[misc]
            response.status_code = 422
            return response
        return super().delete_view(request, object_id, extra)  # type: ignore[misc, no-any-return]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The service writes the entry of the audit history."""

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        remove(row=obj, actor=actor_of(request))


KEPT_ELSEWHERE = {"survey.classificationversion": "survey.import_frame"}
"""Parts with a page of their own and not in the admin, and the right that adds one."""


@admin.register(Removed)
class RemovedAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "removed_by", "removed_at"]
    list_display_links = None
    actions = ["put_back_chosen"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Removed]:
        """Those of kinds that the user may add: to put back is to add."""
        allowed = [
            model._meta.label_lower
            for model, options in admin.site._registry.items()
            if isinstance(options, NamedRemovalAdmin) and options.has_add_permission(request)
        ]
        allowed += [model for model, permission in KEPT_ELSEWHERE.items() if request.user.has_perm(permission)]
        rows: QuerySet[Removed] = super().get_queryset(request)
        # Without the content, of which each row may have a whole questionnaire.
        return rows.filter(model__in=allowed).defer("content").select_related("removed_by")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return any(request.user.has_perm(f"survey.add_{name}") for name in ("section", "wave"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("kind"))
    def kind(self, removed: Removed) -> str:
        return str(apps.get_model(removed.model)._meta.verbose_name)

    @admin.action(description=_("Put back"), permissions=["view"])
    def put_back_chosen(self, request: HttpRequest, queryset: QuerySet[Removed]) -> None:
        done = 0
        # The newest first: what was deleted last may belong to nothing that was deleted before.
        for removed in queryset.order_by("-pk"):
            try:
                restore_removed(removed=removed, actor=actor_of(request))
                done += 1
            except RemovalError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
        if done:
            said = ngettext("%(count)s deleted part was put back.", "%(count)s deleted parts were put back.", done)
            self.message_user(request, said % {"count": done})
