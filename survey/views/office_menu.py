"""The menu of the office: the work of a survey in its order; a page that the site or the user lacks is left out."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from survey.terms import gettext_noop
from survey.views.office import opens_for


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page of the menu: its label and its address by name. Who finds it there, the page itself decides."""

    label: str
    page: str


def entry(label: str, page: str) -> MenuEntry:
    return MenuEntry(label=label, page=page)


MENU: tuple[tuple[Any, tuple[MenuEntry, ...]], ...] = (
    (
        _("Questionnaire"),
        (
            entry(gettext_noop("Surveys"), "admin:survey_survey_changelist"),
            entry(gettext_noop("Questionnaires"), "admin:survey_questionnaire_changelist"),
            entry(gettext_noop("Versions"), "admin:survey_questionnaireversion_changelist"),
        ),
    ),
    (
        _("Firms"),
        (
            entry(gettext_noop("Firm register"), "firm_list"),
            entry(gettext_noop("Import a list of firms"), "frame_import"),
            entry(gettext_noop("Sampling frames"), "admin:survey_samplingframe_changelist"),
        ),
    ),
    (
        _("Waves"),
        (entry(gettext_noop("Waves and deadlines"), "admin:survey_wave_changelist"),),
    ),
    (
        _("Sample"),
        (
            entry(gettext_noop("Draw a sample"), "sample_draw"),
            entry(gettext_noop("Samples drawn"), "admin:survey_sample_changelist"),
        ),
    ),
    (_("Mailings"), (entry(gettext_noop("Mailings and reminders"), "mailing"),)),
    (
        _("Cases"),
        (
            entry(gettext_noop("Work lists"), "casework"),
            entry(gettext_noop("Whom to call next"), "call_next"),
            entry(gettext_noop("All cases"), "case_list"),
            entry(gettext_noop("Late drafts"), "admin:survey_latedraft_changelist"),
        ),
    ),
    (
        _("Editing"),
        (
            entry(gettext_noop("Suspicious answers"), "editing"),
            entry(gettext_noop("Influential values"), "outliers"),
            entry(gettext_noop("Open answers to clear"), "open_answers"),
        ),
    ),
    (
        _("Progress"),
        (
            entry(gettext_noop("Progress of the wave"), "monitor"),
            entry(gettext_noop("Acceptance of returns"), "acceptance"),
        ),
    ),
    (
        _("Results"),
        (
            entry(gettext_noop("Dashboard"), "dashboard"),
            entry(gettext_noop("Working figures"), "working_figures"),
            entry(gettext_noop("Crossings asked for"), "crossings"),
            entry(gettext_noop("Cuts"), "admin:survey_cut_changelist"),
            entry(gettext_noop("Releases"), "release_list"),
        ),
    ),
    (
        _("Operation"),
        (
            entry(gettext_noop("Jobs"), "job_list"),
            entry(gettext_noop("Audit history"), "audit_history"),
            entry(gettext_noop("Retention"), "retention"),
            entry(gettext_noop("Data of a person"), "personal_data"),
            entry(gettext_noop("Districts of officers"), "admin:survey_territory_changelist"),
        ),
    ),
)


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of the menu with the pages that the user may open; the one that is open is marked."""
    # The login page has the same frame, and nobody to whom a page could be open yet.
    if not (request.user.is_active and getattr(request.user, "is_staff", False)):
        return []
    groups = [{"label": label, "entries": [*_shown(request, entries)]} for label, entries in MENU]
    return [group for group in groups if group["entries"]]


def _shown(request: HttpRequest, entries: tuple[MenuEntry, ...]) -> Any:
    for one in entries:
        place = address(one.page)
        if place and opens_for(request, place):
            yield {"label": one.label, "address": place, "is_open": request.path == place}


def address(name: str) -> str:
    """The address of a page; empty where the site has none of this name."""
    # Pages of add-ons are there only where the settings put them in.
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
