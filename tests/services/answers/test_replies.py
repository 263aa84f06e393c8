"""What a firm replies to a return of its questionnaire as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey.instrument.edits.officer_notes import WHOLE
from survey.models import Case, Response, Wave
from survey.services.answers.errors import CollectionClosedError
from survey.services.answers.replies import reply_to_return
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(case: Case) -> Response:
    return Response.objects.create(case=case, version=version_of(case.wave), reasons={"v_staff": "True."}, revision=3)


def test_reply_stands_among_the_reasons_and_makes_older_pages_stale(case: Case, draft: Response) -> None:
    assert reply_to_return(case=case, said="The number of people counts both sites.")
    draft.refresh_from_db()
    assert draft.reasons == {"v_staff": "True.", WHOLE: "The number of people counts both sites."}
    assert draft.revision == 4


def test_same_reply_again_changes_nothing(case: Case, draft: Response) -> None:
    for _time in range(2):
        reply_to_return(case=case, said="The number of people counts both sites.")
    draft.refresh_from_db()
    assert draft.revision == 4


def test_reply_that_explains_nothing_is_kept_and_said(case: Case, draft: Response) -> None:
    assert not reply_to_return(case=case, said="")
    assert not reply_to_return(case=case, said="?")
    draft.refresh_from_db()
    assert draft.reasons[WHOLE] == "?"


def test_reply_after_the_deadline_is_refused(case: Case, draft: Response) -> None:
    Wave.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(CollectionClosedError):
        reply_to_return(case=case, said="The number of people counts both sites.")
    draft.refresh_from_db()
    assert WHOLE not in draft.reasons


def test_reply_that_ends_half_way_begins_no_response(case: Case) -> None:
    assert half_written(lambda: reply_to_return(case=case, said="The number of people counts both sites.")) == []
