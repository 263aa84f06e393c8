"""The app and its office (the admin site)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from survey import algorithms


class OfficeConfig(AdminConfig):
    default_site = "survey.views.office_site.OfficeSite"


class SurveyConfig(AppConfig):
    name = "survey"
    verbose_name = _("Survey")

    def ready(self) -> None:
        from survey.services.operation.two_factor import roles_left_out, roles_with_second_factor

        algorithms.choose(settings.DIGEST_ALGORITHM)
        algorithms.choose_sealing(settings.BACKUP_SEALING)
        # A setting that names no role ends the start here, not the first login.
        roles_with_second_factor()
        checks.register(roles_left_out, "security", deploy=True)
        pre_migrate.connect(take_triggers_off, sender=self)
        post_migrate.connect(put_triggers_on, sender=self)
        post_migrate.connect(grant_roles_after_migrating, sender=self)


def grant_roles_after_migrating(**kwargs: Any) -> None:
    """Keep the groups' permissions equal to the table of roles."""
    from survey.services.roles import grant_role_permissions

    grant_role_permissions()


def take_triggers_off(*, using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    """Let migrations change the tables that the triggers of the change log name."""
    from survey.models import triggers

    # Nothing to migrate, nothing taken off: a site may be writing meanwhile.
    if plan:
        triggers.remove(connections[using])


def put_triggers_on(*, using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    """Let the change log see every write from now on."""
    from survey.models import triggers

    # Without a plan too: a new version may watch other columns without any migration.
    triggers.install(connections[using])
    if plan:
        triggers.note_migration(connections[using])
