"""The office: Django's admin site under our name, opening on what matters today."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from survey.selectors.fieldwork.today import WAITING, open_waves
from survey.selectors.results.kept_burden import kept_burden
from survey.selectors.said import said
from survey.views.fieldwork.wave_of_page import use_words_of_own_surveys
from survey.views.look_ups import with_listed_look_ups
from survey.views.office import opens_for
from survey.views.office_menu import address, menu

STAGES = (
    (_("Questionnaire"), ("Survey", "Questionnaire", "QuestionnaireVersion", "PainPoint", "Removed")),
    (_("Frame"), ("SamplingFrame", "FrameUnit", "Contact", "FrameImport", "Industry", "District", "SizeThreshold")),
    (_("Wave and sample"), ("Wave", "Sample", "Stratum", "SampleUnit")),
    (_("Collection"), ("Case", "Response", "LateDraft", "Paradata", "AccessFailure", "Territory")),
    (_("Processing and release"), ("Correction", "Cut", "Release", "StaffAction", "RetentionRule")),
)
"""The models of the survey by the stage of the work; a model that is not named stands at the end of the first."""

OTHER_APPS = {"axes": _("Attempts to log in"), "auth": _("Staff and roles")}

SHORTCUTS = (
    ("frame_import", _("Import a list of firms")),
    ("firm_list", _("Firm register")),
    ("sample_draw", _("Draw a sample")),
    ("casework", _("Work lists")),
    ("case_list", _("Cases")),
    ("dashboard", _("Dashboard")),
    ("working_figures", _("Working figures")),
    ("audit_history", _("Audit history")),
    ("retention", _("Retention")),
    ("personal_data", _("Data of a person")),
    ("job_list", _("Jobs")),
)
"""(page, label) of the buttons on the first page."""


class OfficeSite(AdminSite):
    site_header = _("Tongdian survey office")
    site_title = _("Tongdian")
    index_title = _("What matters today")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        # Here, so that no admin class is forgotten, ours or another app's.
        super().register(model_or_iterable, with_listed_look_ups(admin_class), **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "menu": menu(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        use_words_of_own_surveys(request)
        today = {
            "waves": open_waves(request.user, kept_burden) if request.user.has_perm("survey.view_wave") else [],
            "shortcuts": shortcuts(request),
            "waiting": waiting(request),
        }
        # Of the counts only those that the user may see are made: a viewer's first page asks few queries.
        return super().index(request, {**today, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        # Made where it is shown: it is in the context of every page, and in the sight of few.
        return SimpleLazyObject(lambda: self._app_list(request, app_label))

    def _app_list(self, request: HttpRequest, app_label: str | None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        # Without any right on our models the survey is not among the apps.
        ours = next((app for app in apps if app["app_label"] == "survey"), None)
        others = [{**app, "name": OTHER_APPS.get(app["app_label"], app["name"])} for app in apps if app is not ours]
        return [*(by_stage(ours) if ours else []), *others]


def by_stage(app: Any) -> list[Any]:
    """The survey's entry of the admin's app list, as one entry per stage that has models to see."""
    stage_of = {name: place for place, (_label, names) in enumerate(STAGES) for name in names}
    order = {name: place for place, name in enumerate(name for _label, names in STAGES for name in names)}
    models = sorted(app["models"], key=lambda model: order.get(model["object_name"], len(order)))
    stages = [
        {**app, "name": label, "models": [m for m in models if stage_of.get(m["object_name"], 0) == place]}
        for place, (label, _names) in enumerate(STAGES)
    ]
    return [stage for stage in stages if stage["models"]]


def shortcuts(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that the user may open from the first page."""
    return [
        {"address": address(name), "label": label}
        for name, label in SHORTCUTS
        if address(name) and opens_for(request, address(name))
    ]


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits, of what the user may see and deal with; what counts zero is left out."""
    seen = [task for task in WAITING if request.user.has_perm(f"survey.{task.permission}")]
    # Whoever may not open the page is not told that something waits there.
    tasks = [(task, task.count(request.user)) for task in seen if opens_for(request, address(task.page))]
    return [
        {
            "label": said(task.label),
            "waits_for": said(task.waits_for),
            "count": count,
            "address": address(task.page) + (f"?{task.query}" if task.query else ""),
        }
        for task, count in tasks
        if count
    ]
