"""A correction goes on from a copy; the submitted response is kept beside it."""

import pytest

from survey.instrument.edits.officer_notes import WHOLE
from survey.models import Case, Response
from survey.services.fieldwork.new_versions import draft_after
from survey.terms import ResponseStatus
from tests.services.casework.submitting import submitted_response

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("unguarded")
def test_draft_has_the_answers_and_a_revision_that_no_open_page_knows(cases: list[Case]) -> None:
    submitted = submitted_response(cases[0])
    changes = {"revision": 7, "channel": "paper", "language": "en", "seconds_spent": 90}
    Response.objects.filter(pk=submitted.pk).update(**changes)
    submitted.refresh_from_db()
    draft = draft_after(submitted, ResponseStatus.RETURNED, " Please check. ")
    assert (draft.answers, draft.revision, draft.channel, draft.language, draft.seconds_spent) == (
        submitted.answers, 8, "paper", "en", 90,
    )  # fmt: skip
    assert (draft.return_note, draft.corrects, draft.status, draft.is_current) == (
        "Please check.", submitted, "draft", True,
    )  # fmt: skip


def test_submitted_response_is_kept_under_its_new_standing(cases: list[Case]) -> None:
    submitted = submitted_response(cases[0])
    draft_after(submitted, ResponseStatus.RETURNED)
    kept = Response.objects.get(pk=submitted.pk)
    assert (kept.status, kept.is_current, kept.receipt_number) == ("returned", False, f"R-{cases[0].pk}")


def test_reasons_go_on_without_the_replies_to_an_earlier_return(cases: list[Case]) -> None:
    submitted = submitted_response(cases[0])
    submitted.reasons = {"v_share": "Two sites.", WHOLE: "We did."}
    assert draft_after(submitted, ResponseStatus.RETURNED).reasons == {"v_share": "Two sites."}
