"""The designer's pages beside the admin's own: all questions in print, and the check before publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from survey.asked_terms.speaking import speak_of
from survey.forms.page.wording import Wording
from survey.instrument.expected_time import expected_time
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.schema import Questionnaire as QuestionnaireValue
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.languages import content_languages
from survey.selectors.design.plan import plan_check, read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.selectors.fieldwork.burden import burden_of_questionnaire
from survey.selectors.respondent.notice import notice_of
from survey.selectors.said import said as gettext
from survey.services.design.publishing import PublishingRefusedError, publish_questionnaire, standing_version
from survey.views.complaints import complaint_line
from survey.views.design.plan_words import plan_complaint_line
from survey.views.design.questionnaire_of_page import questionnaire_of_page
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.respondent.paper import printed_sections

LANGUAGES = {"zh": "zh-hans", "en": "en"}


@require_GET
@office_page("view_questionnaire")
def questionnaire_print(request: HttpRequest, code: str) -> HttpResponse:
    """All questions as they are designed now; ``?language=zh`` or ``en``."""
    questionnaire = questionnaire_of_page(code)
    return print_page(request, questionnaire, read_questionnaire(questionnaire.pk), gettext("Draft"))


@require_GET
@office_page("view_questionnaireversion")
def version_print(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """All questions of a published version; ``?language=zh`` or ``en``."""
    versions = QuestionnaireVersion.objects.select_related("questionnaire__survey")
    version = get_object_or_404(versions, questionnaire__code=code, number=number)
    speak_of(version.questionnaire.survey.asks)
    return print_page(request, version.questionnaire, QuestionnaireValue.from_dict(version.schema), f"v{number}")


def print_page(request: HttpRequest, row: Questionnaire, asked: QuestionnaireValue, edition: str) -> HttpResponse:
    """The statutory header, the notice and every question, in the language asked for or that of the page."""
    # What the address names is looked up and never passed on: translation.override takes any text.
    language = LANGUAGES.get(request.GET.get("language", ""), get_language() or "zh-hans")
    # The paper may be in another language than the officer's page; headings and dates follow the paper.
    with translation.override(language):
        words = Wording(language)
        context = {
            "notice": notice_of(row.survey),
            "title": words.of(asked.title),
            "sections": printed_sections(asked, words),
            "edition": edition,
            "language": language,
        }
        return render(request, "design/questionnaire_print.html", context)


@require_http_methods(["GET", "POST"])
@office_page("view_questionnaire", "publish_questionnaire")
def questionnaire_publish(request: HttpRequest, code: str) -> HttpResponse:
    """What the check finds; a POST publishes the next version."""
    questionnaire = questionnaire_of_page(code)
    if request.method == "POST":
        # Nothing of what the page showed is posted: published is what stands, checked anew under its lock.
        return published(request, questionnaire)
    content = read_questionnaire(questionnaire.pk)
    plan = read_plan(questionnaire.pk)
    found = lint(content, content_languages(questionnaire))
    found_in_plan = plan_check(content, plan)
    versions = questionnaire.versions.defer("schema", "plan")
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "findings": [complaint_line(finding) for finding in found],
        "plan_findings": [plan_complaint_line(finding) for finding in found_in_plan],
        "has_errors": bool(errors_in((*found, *found_in_plan))),
        "item_count": len(content.items),
        "page_count": len(content.pages),
        "versions": versions,
        # So that the page can say that publishing would make no new version.
        "same": standing_version(questionnaire, content, plan),
        "minutes": round(expected_time(content).minutes),
        "spent": burden_of_questionnaire(questionnaire),
    }
    return render_office(request, "design/questionnaire_publish.html", gettext("Check and publish"), **context)


def published(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    try:
        version = publish_questionnaire(questionnaire=questionnaire, actor=member_of_staff(request))
    except PublishingRefusedError as refusal:
        # The page is shown again with what the check finds now, which is the reason of the refusal.
        messages.error(request, str(refusal))
        return redirect("questionnaire_publish", questionnaire.code)
    messages.success(request, gettext("%(version)s is published.") % {"version": version})
    return redirect("admin:survey_questionnaireversion_change", version.pk)
