"""The menu of the office: the work of a survey in its order; a page that the site or the user lacks is left out."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from survey.terms import gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page of the menu: its label, its address by name, and the right that it needs ("" is none)."""

    label: str
    page: str
    permission: str = ""


def entry(label: str, page: str, permission: str = "") -> MenuEntry:
    return MenuEntry(label=label, page=page, permission=permission)


MENU: tuple[tuple[Any, tuple[MenuEntry, ...]], ...] = (
    (
        _("Questionnaire"),
        (
            entry(gettext_noop("Surveys"), "admin:survey_survey_changelist", "change_survey"),
            entry(gettext_noop("Questionnaires"), "admin:survey_questionnaire_changelist", "view_questionnaire"),
            entry(
                gettext_noop("Versions"), "admin:survey_questionnaireversion_changelist", "view_questionnaireversion"
            ),
        ),
    ),
    (
        _("Firms"),
        (
            entry(gettext_noop("Firm register"), "firm_list", "view_firm"),
            entry(gettext_noop("Import a list of firms"), "frame_import", "import_frame"),
            entry(gettext_noop("Sampling frames"), "admin:survey_samplingframe_changelist", "view_samplingframe"),
        ),
    ),
    (
        _("Waves"),
        (entry(gettext_noop("Waves and deadlines"), "admin:survey_wave_changelist", "view_wave"),),
    ),
    (
        _("Sample"),
        (
            entry(gettext_noop("Draw a sample"), "sample_draw", "draw_sample"),
            entry(gettext_noop("Samples drawn"), "admin:survey_sample_changelist", "view_sample"),
        ),
    ),
    (_("Mailings"), (entry(gettext_noop("Mailings and reminders"), "mailing", "issue_access_codes"),)),
    (
        _("Cases"),
        (
            entry(gettext_noop("Work lists"), "casework", "view_case"),
            entry(gettext_noop("All cases"), "case_list", "view_case"),
            entry(gettext_noop("Late drafts"), "admin:survey_latedraft_changelist", "view_latedraft"),
        ),
    ),
    (
        _("Editing"),
        (
            entry(gettext_noop("Suspicious answers"), "editing", "add_correction"),
            entry(gettext_noop("Influential values"), "outliers", "add_outlierdecision"),
        ),
    ),
    (
        _("Progress"),
        (
            entry(gettext_noop("Progress of the wave"), "monitor", "view_case"),
            entry(gettext_noop("Acceptance of returns"), "acceptance", "change_case"),
        ),
    ),
    (
        _("Results"),
        (
            entry(gettext_noop("Dashboard"), "dashboard", "view_dashboard"),
            entry(gettext_noop("Releases"), "admin:survey_release_changelist", "view_release"),
        ),
    ),
    (
        _("Operation"),
        (
            entry(gettext_noop("Jobs"), "job_list"),
            entry(gettext_noop("Audit history"), "audit_history", "view_auditentry"),
            entry(gettext_noop("Retention"), "retention", "view_retentionrule"),
            entry(gettext_noop("Data of a person"), "personal_data", "erase_personal_data"),
            entry(gettext_noop("Districts of officers"), "admin:survey_territory_changelist", "view_territory"),
        ),
    ),
)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of the menu with the pages that the user may open; the one that is open is marked."""
    if not (request.user.is_active and getattr(request.user, "is_staff", False)):
        return []
    groups = [{"label": label, "entries": [*_shown(request, entries)]} for label, entries in MENU]
    return [group for group in groups if group["entries"]]


def _shown(request: HttpRequest, entries: tuple[MenuEntry, ...]) -> Any:
    for one in entries:
        place = address(one.page)
        if place and (not one.permission or request.user.has_perm(f"survey.{one.permission}")):
            yield {"label": one.label, "address": place, "is_open": request.path == place}


def address(name: str) -> str:
    """The address of a page; empty where the site has none of this name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
