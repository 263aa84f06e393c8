"""Sum, ratio and change edits added to a questionnaire's draft."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from survey.forms.office.edit_rules import EDIT_RULE_KINDS
from survey.selectors.said import said as gettext
from survey.services.design.edit_rules import add_edit_rule
from survey.views.design.questionnaire_of_page import questionnaire_of_page
from survey.views.office import member_of_staff, office_page, render_office


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("add_editrule")
def edit_rule_new(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The figures of an edit of this kind; a POST adds it and shows it as the expression that it became."""
    questionnaire = questionnaire_of_page(code)
    if kind not in EDIT_RULE_KINDS:
        raise Http404
    asked = EDIT_RULE_KINDS[kind]
    form = asked.form(request.POST if request.method == "POST" else None, questionnaire=questionnaire)
    if form.is_bound and form.is_valid():
        row = add_edit_rule(
            questionnaire=questionnaire, rule=asked.rule_of(form.cleaned_data), actor=member_of_staff(request)
        )
        messages.success(request, gettext("The rule is added. This is the condition that it became."))
        # To the rule itself: whoever filled in figures sees the condition that firms will be judged by.
        return redirect("admin:survey_editrule_change", row.pk)
    return render_office(
        request, "design/edit_rule_new.html", gettext(asked.title), questionnaire=questionnaire, form=form
    )
