"""The app and its office (the admin site)."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AdminConfig):
    default_site = "survey.views.office_site.OfficeSite"


class SurveyConfig(AppConfig):
    name = "survey"
    verbose_name = _("Survey")

    def ready(self) -> None:
        post_migrate.connect(grant_roles_after_migrating, sender=self)


def grant_roles_after_migrating(**kwargs: Any) -> None:
    """Keep the groups' permissions equal to the table of roles."""
    from survey.services.roles import grant_role_permissions

    grant_role_permissions()
