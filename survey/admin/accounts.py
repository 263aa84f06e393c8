"""The staff and their roles. What a role may do follows ``services/roles.py`` and is not edited here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(AuditedAdmin, UserAdmin):  # type: ignore[type-arg]
    """Only a superuser makes superusers or touches them; rights come from roles alone."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_staff", "roles", "last_login"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["last_login", "date_joined", "user_permissions"]
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.is_within_reach(request, obj)

    @staticmethod
    def is_within_reach(request: HttpRequest, obj: User | None) -> bool:
        return bool(request.user.is_superuser or obj is None or not obj.is_superuser)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    search_fields = ["name"]
    filter_horizontal = ["permissions"]
