"""The staff and their roles. What a role may do follows ``services/roles.py`` and is not edited here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from survey.admin.audited import AuditedAdmin, ReadOnlyAdmin
from survey.services.operation.two_factor import remove_second_factor
from survey.terms import Role

admin.site.unregister(User)
admin.site.unregister(Group)
# Their pages show the secrets themselves.
admin.site.unregister(TOTPDevice)
admin.site.unregister(StaticDevice)


def role_label(group: Group) -> str:
    """The role in words; a group that is none keeps its name."""
    return gettext(Role(group.name).label) if group.name in set(Role) else group.name


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The roles to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return role_label(obj)


@admin.register(User)
class StaffAdmin(AuditedAdmin, UserAdmin):  # type: ignore[type-arg]
    """Only a superuser makes superusers or touches them; rights come from roles alone."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_staff", "roles", "last_login"]
    filter_horizontal = ()
    actions = ["remove_factor"]

    @admin.action(description=_("Remove the second factor (lost telephone)"), permissions=["change"])
    def remove_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Of the chosen whom the user may change at all."""
        assert isinstance(request.user, User)
        # A superuser's second factor is out of reach of whoever may change staff only: a stolen password would then
        # be enough.
        users = [user for user in queryset if self.is_within_reach(request, user)]
        count = remove_second_factor(users=users, actor=request.user)
        message = ngettext("%(count)s second factor was removed.", "%(count)s second factors were removed.", count)
        self.message_user(request, message % {"count": count})

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_label(group) for group in user.groups.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return RolesField(queryset=Group.objects.order_by("pk"), required=False, label=_("roles"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A right given by hand would be seen by nobody who looks at the roles.
        fixed = ["last_login", "date_joined", "user_permissions"]
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.is_within_reach(request, obj)

    @staticmethod
    def is_within_reach(request: HttpRequest, obj: User | None) -> bool:
        # Whoever may change staff could otherwise give a superuser a new password and log in as one.
        return bool(request.user.is_superuser or obj is None or not obj.is_superuser)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    search_fields = ["name"]
    filter_horizontal = ["permissions"]
