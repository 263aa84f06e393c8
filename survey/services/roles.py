"""Which role may do what. Each role is a Django group; its permissions follow this table."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from survey.terms import Role

DESIGN = ("painpoint", "survey", "questionnaire", "section", "page", "item", "option", "editrule")
DESIGN_HISTORY = tuple(f"view_historical{model}" for model in DESIGN if model != "painpoint")
ASK_FOR_CROSSINGS = ("add_crossingrequest", "view_crossingrequest")
READ_RESULTS = ("view_dashboard", "view_wave", "view_survey", "view_painpoint")

ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.DESIGNER: (
        *(f"{verb}_{model}" for model in DESIGN for verb in ("view", "add", "change", "delete")),
        *DESIGN_HISTORY,
        "view_questionnaireversion",
        "view_historicalquestionnaireversion",
        "publish_questionnaire",
        "view_wave",
        "view_crossingrequest",
        "change_crossingrequest",
    ),
    Role.FIELD_OFFICER: (
        *(f"view_{model}" for model in ("survey", "questionnaireversion", "samplingframe", "frameunit", "contact")),
        # Field officers see answers, since they talk with firms about them; figures of the wave they do not.
        *(f"view_{model}" for model in ("frameimport", "sample", "stratum", "sampleunit", "case", "response")),
        *(f"view_{model}" for model in ("latedraft", "paradata", "industry", "district", "sizethreshold")),
        *(f"{verb}_wave" for verb in ("view", "add", "change")),
        "view_correction",
        "add_correction",
        "change_contact",
        "view_firm",
        "change_firm",
        "change_mailingtemplate",
        "change_case",
        "import_frame",
        "draw_sample",
        "issue_access_codes",
        "return_response",
        "view_auditentry",
    ),
    Role.METHODOLOGIST: (
        *READ_RESULTS,
        "view_questionnaireversion",
        "view_working_figures",
        "view_release",
        "view_cut",
        "make_cut",
        "export_release",
        "sign_release",
        "export_microdata",
        "view_outlierdecision",
        "add_outlierdecision",
        "clear_open_answers",
        *ASK_FOR_CROSSINGS,
        "change_crossingrequest",
    ),
    Role.ANALYST: (
        # No working figures, microdata or signature: analysts publish what was cleared (0044).
        *READ_RESULTS,
        "view_questionnaireversion",
        "view_release",
        "view_cut",
        "export_release",
        *ASK_FOR_CROSSINGS,
    ),
    Role.VIEWER: READ_RESULTS,
}


@transaction.atomic
def grant_role_permissions() -> None:
    """Create the group of each role and give it exactly its permissions; the administrator has all of the app."""
    # Django makes them in post_migrate as well, maybe after this: they have to be there before they are given.
    create_permissions(apps.get_app_config("survey"), verbosity=0)
    every = {
        permission.codename: permission for permission in Permission.objects.filter(content_type__app_label="survey")
    }
    # axes counts wrong logins: whoever sets passwords also has to unlock an account.
    accounts = Permission.objects.filter(content_type__app_label__in=["auth", "axes"])
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        if role is Role.ADMINISTRATOR:
            group.permissions.set([*every.values(), *accounts])
        else:
            # set(), not add(): a right that was taken out of the table goes from the groups at the next migrate.
            group.permissions.set([every[codename] for codename in ROLE_PERMISSIONS[role]])


def give_role(*, user: User, role: Role) -> None:
    """Let a member of staff into the office with the permissions of ``role``."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(Group.objects.get(name=role.value))
