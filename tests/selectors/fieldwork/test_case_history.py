from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.mailing_terms import MailingChannel
from survey.models import Case, Paradata, Response
from survey.selectors.fieldwork.case_history import filling_trace, timeline
from survey.services.fieldwork.access_letters import print_code_again
from survey.services.fieldwork.cases import return_for_correction, set_disposition
from survey.services.mailing.sending import send
from survey.terms import Disposition, Role
from tests.services.mailing.runs import prepared
from tests.waves import version_of

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def test_untouched_case_has_no_history(cases: list[Case]) -> None:
    assert timeline(cases[0]) == []


def test_timeline_says_who_changed_what(cases: list[Case], officer: User) -> None:
    one = Case.objects.filter(pk=cases[0].pk)
    made = prepared(cases[0].wave, channel=MailingChannel.LETTER, selection={"cases": [cases[0].pk]}, actor=officer)
    send(mailing=made, actor=officer, progress=lambda done, total: None)
    set_disposition(cases=one, disposition=Disposition.REFUSAL, actor=officer)
    print_code_again(case=cases[0], site="/", actor=officer)
    events = timeline(cases[0])
    assert {event.who for event in events} == {"field_officer_1"}
    assert [event.what for event in events[:2]] == [
        "Access code printed again",
        "disposition: Unknown if eligible → Refusal; status: Not started → Finalised without a response",
    ]
    assert events[2].what.startswith("access code issued at: – → 20")
    assert events[3].what == "Invitation with access code, Printed letter: Sent"


def test_timeline_has_what_the_firm_did_and_the_return(cases: list[Case], officer: User) -> None:
    response = Response.objects.create(
        case=cases[0],
        version=version_of(cases[0].wave),
        status="submitted",
        receipt_number="R-1",
        submitted_at=timezone.now(),
    )
    return_for_correction(response=response, note="Check.", actor=officer)
    words = [event.what for event in timeline(cases[0])]
    assert "Response returned for correction" in words
    assert {word for word in words if word.startswith("The firm")} == {
        "The firm submitted, receipt R-1", "The firm began to fill in",
    }  # fmt: skip


def test_trace_counts_events_and_lists_the_latest_first(cases: list[Case]) -> None:
    for page in ("a", "b", "c"):
        Paradata.objects.create(case=cases[0], event="saved", page=page)
    Paradata.objects.create(case=cases[0], event="submitted")
    trace = filling_trace(cases[0], latest=2)
    assert (sorted(trace.counts), [event.page for event in trace.latest]) == (
        [("Page saved", 3), ("Submitted", 1)], ["", "c"],
    )  # fmt: skip


def test_counts_are_shown_as_numbers_and_flags_as_yes_and_no(cases: list[Case]) -> None:
    case = Case.objects.get(pk=cases[0].pk)
    case.save()
    case.reminders, case.is_closed = 1, True
    case.save()
    assert timeline(case)[0].what == "closed: No → Yes; reminders: 0 → 1"
