"""What the page of a case shows of the office's work on it."""

from collections.abc import Callable

from django.contrib.auth.models import User

from survey.casework_terms import EntryKind
from survey.forms.office.casework import AnswerForm, OutcomeForm
from survey.models import Case, CaseEntry, CaseWork
from survey.terms import Role
from survey.views.fieldwork.case_panels import panels


def test_only_what_the_firm_wrote_is_a_message_and_work_is_that_of_the_case(
    cases: list[Case], office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    for case, author, key in ((cases[0], None, "firm"), (cases[0], officer, "note"), (cases[1], None, "other")):
        CaseEntry.objects.create(
            case=case, kind=EntryKind.CALL.value, text=key, author=author, submission_key=f"{key} {case.pk}"
        )
    CaseWork.objects.create(case=cases[0], owner=officer)
    shown = panels(cases[0], {})
    assert [entry.text for entry, _answering in shown["letters"]] == ["firm"]
    assert (shown["work"].owner, shown["outcome"], panels(cases[1], {})["work"]) == (officer, None, None)


def test_form_that_was_refused_is_shown_again(cases: list[Case]) -> None:
    refused = OutcomeForm({"outcome": "unknown"})
    shown = panels(cases[0], {"outcome_form": refused})
    assert shown["outcome_form"] is refused
    assert shown["log_form"].is_bound is False


def test_answer_that_was_refused_stands_at_its_message_and_each_label_leads_to_its_own_field(cases: list[Case]) -> None:
    first, second = (
        CaseEntry.objects.create(case=cases[0], kind=EntryKind.MESSAGE.value, text=key, submission_key=key)
        for key in ("1", "2")
    )
    refused = AnswerForm({"granted_until": "never"}, entry=first.pk)
    shown = dict(panels(cases[0], {"answer_form": refused, "answered_entry": first.pk})["letters"])
    assert (shown[first] is refused, shown[second].is_bound) == (True, False)
    assert [form["answer"].id_for_label for form in shown.values()] == [f"id_{key.pk}_answer" for key in shown]
