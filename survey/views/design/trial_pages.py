"""Test mode: a designer fills in a version as a made-up firm, with the route and the fired rules beside the page."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.asked_terms.speaking import speak_of
from survey.forms.office.trial import TestedFirmForm
from survey.forms.page.form import PageForm
from survey.forms.page.posted import posted_reasons
from survey.instrument.answers import with_page
from survey.instrument.edits.rules import EditReport, check_page
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Page
from survey.models import QuestionnaireVersion
from survey.selectors.said import said as _
from survey.terms import VersionStatus
from survey.views.design.trial import Trial, end_trial, keep_trial, new_trial, trial_of
from survey.views.design.trial_trace import trace_of
from survey.views.office import office_page, render_office
from survey.views.respondent.page_showing import page_form, wording_for

DESIGNER = ("view_questionnaireversion", "change_questionnaire")
# A retired version is asked of nobody any more, so that there is nothing to try.
TESTABLE = (VersionStatus.TEST.value, VersionStatus.FIELDED.value)


def version_to_test(code: str, number: int) -> QuestionnaireVersion:
    """A version that may still be fielded or is, whose pages tell of what its survey asks; 404 for others."""
    versions = QuestionnaireVersion.objects.select_related("questionnaire__survey").defer("schema", "plan")
    version = get_object_or_404(versions, questionnaire__code=code, number=number, status__in=TESTABLE)
    speak_of(version.questionnaire.survey.asks)
    return version


@never_cache
@office_page(*DESIGNER)
@require_http_methods(["GET", "HEAD", "POST"])
def version_test(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The firm to test as; answers of the trial so far are kept when its data change."""
    version = version_to_test(code, number)
    trial = trial_of(request, version)
    form = TestedFirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trial = replace(trial or new_trial(version), facts=form.facts())
        keep_trial(request, version, trial)
        first = next(iter(trial.route.pages), None)
        # A made-up firm may be asked nothing at all; then the summary says so instead of a page that is not there.
        return (
            redirect("version_test_page", code, number, first.page.code)
            if first
            else redirect("version_test_summary", code, number)
        )
    title = _("Test %(version)s") % {"version": version}
    return render_office(request, "design/version_test.html", title, version=version, form=form, trial=trial)


@never_cache
@office_page(*DESIGNER)
@require_http_methods(["GET", "HEAD", "POST"])
def version_test_page(request: HttpRequest, code: str, number: int, page: str) -> HttpResponse:
    """One page of the trial; a POST is kept in the session alone."""
    version = version_to_test(code, number)
    trial = trial_of(request, version)
    if trial is None:
        return redirect("version_test", code, number)
    if page not in trial.questionnaire.pages:
        raise Http404
    if request.method == "POST":
        return _taken(request, version, trial, trial.questionnaire.pages[page])
    form = page_form(trial, page)
    # Quiet on the first visit, as for a firm: errors about fields that nobody has filled in yet help nobody.
    form.report(_report(trial, page), trial.reasons, quiet=page not in trial.visited)
    return _shown(request, version, trial, form)


@never_cache
@office_page(*DESIGNER)
@require_safe
def version_test_summary(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Whether the trial could be submitted, and what stands against it."""
    version = version_to_test(code, number)
    trial = trial_of(request, version)
    if trial is None:
        return redirect("version_test", code, number)
    context = {"version": version, "trial": trial, **trace_of(trial)}
    return render(request, "design/version_test_summary.html", context)


@office_page(*DESIGNER)
@require_POST
def version_test_end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Forget the trial and begin anew."""
    end_trial(request, version_to_test(code, number))
    return redirect("version_test", code, number)


def _taken(request: HttpRequest, version: QuestionnaireVersion, trial: Trial, page: Page) -> HttpResponse:
    # Answers only: a file that is chosen in a trial is never read.
    raw = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    raw |= _file_names(request, page)
    form = page_form(trial, page.code, data=raw)
    # Whether it is valid does not matter here: what can be read is kept, as in a firm's draft.
    form.is_valid()
    trial = replace(
        trial,
        answers=with_page(trial.answers, page, form.parsed),
        reasons={**trial.reasons, **posted_reasons(trial, page, raw)},
        visited=(*trial.visited, page.code),
    )
    keep_trial(request, version, trial)
    # Anew after keeping: conditions on the page follow from the answers that were just given.
    form = page_form(trial, page.code, data=raw)
    form.is_valid()
    form.report(_report(trial, page.code), trial.reasons)
    if form.problems():
        return _shown(request, version, trial, form)
    after = trial.route.page_after(page.code)
    code, number = version.questionnaire.code, version.number
    if after is None:
        return redirect("version_test_summary", code, number)
    return redirect("version_test_page", code, number, after.page.code)


def _file_names(request: HttpRequest, page: Page) -> dict[str, list[str]]:
    """A made-up reference for each chosen file: in a trial nothing is stored."""
    chosen = {item.code: request.FILES.get(item.code) for item in page.items if kind_of(item).is_file}
    # Letters and digits alone, since the ending is shown again on the page.
    endings = {code: str(file.name).rpartition(".")[2].lower()[:8] for code, file in chosen.items() if file}
    return {code: [f"test.{ending}" if ending.isalnum() else "test"] for code, ending in endings.items()}


def _report(trial: Trial, page: str) -> EditReport:
    return check_page(trial.questionnaire, page, trial.answers, trial.facts, trial.reasons, trial.today, trial.route)


def _shown(request: HttpRequest, version: QuestionnaireVersion, trial: Trial, form: PageForm) -> HttpResponse:
    words, page = wording_for(trial), form.page.page
    before = trial.route.page_before(page.code)
    context = {
        "version": version,
        "trial": trial,
        "form": form,
        "problems": form.problems(),
        "has_errors": bool(form.problems()),
        "page_title": words.of(page.title),
        "page_intro": words.of(page.intro),
        "section_title": words.of(form.page.section.title),
        "before": before.page.code if before else "",
        "is_asked": trial.route.page(page.code) is not None,
        **trace_of(trial, page.code),
    }
    return render(request, "design/version_test_page.html", context)
