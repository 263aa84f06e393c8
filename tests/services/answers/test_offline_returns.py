"""An offline form taken into the draft: whole or not at all, and submitted when nothing blocks that."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from survey.exchange.offline.reading import read_offline_form
from survey.instrument.answers import parse_page
from survey.models import Case, District, LateDraft, Paradata, Response, StaffAction
from survey.selectors.respondent.session import filling_of
from survey.services.answers.errors import AlreadySubmittedError, CollectionClosedError
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.answers.offline_returns import take_offline_form
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.terms import Channel, ResponseStatus, Role
from tests.every_type import EVERY_TYPE, ROUTE_WITHOUT_CLOUD
from tests.exchange.forms_filled_in import WITHOUT_CLOUD, fill_in, handed_out, saved
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 content"


def scan(name: str = "scan.pdf", content: Any = PDF) -> dict[str, SimpleUploadedFile]:
    return {"proof": SimpleUploadedFile(name, content)}


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def take(case: Case, tmp_path: Path) -> Callable[..., Any]:
    """Fills in a form and takes it: ``take(answers)``, or ``take(answers, book=...)`` one that is out already."""

    def taken(answers: Any, explanations: Any = None, book: Any = None, **more: Any) -> Any:
        book = fill_in(book or handed_out(case), answers, explanations)
        now = Case.objects.select_related("wave__survey", "wave__version").get(pk=case.pk)
        form = read_offline_form(saved(book, tmp_path), filling_of(now, timezone.now())).form
        return take_offline_form(case=case, form=form, **more)

    return taken


def save(case: Case, page: str, **typed: Any) -> None:
    raw = {name: [value] for name, value in typed.items()}
    response = Response.objects.filter(case=case, is_current=True).first()
    given = PageInput(page=EVERY_TYPE.pages[page], parsed=parse_page(EVERY_TYPE.pages[page], raw))
    save_answers(
        case=case,
        given=given
        if response is None
        else PageInput(page=given.page, parsed=given.parsed, revision=response.revision),
    )


def test_complete_form_is_submitted(case: Case, take: Callable[..., Any]) -> None:
    response = take(WITHOUT_CLOUD).response
    assert (response.status, response.channel, response.language) == (ResponseStatus.SUBMITTED, Channel.WORKBOOK, "en")
    assert response.answers == {"employees": 20, "has_cloud": "no", "cost": "4"}
    assert response.receipt_number


def test_incomplete_form_is_saved_whole_and_not_submitted(case: Case, take: Callable[..., Any]) -> None:
    taken = take({"item:employees": 20, "item:has_cloud": "Yes", "item:bill": 12.5})
    assert (taken.response.status, taken.response.answers) == (
        ResponseStatus.DRAFT,
        {"employees": 20, "has_cloud": "yes", "bill": 12.5},
    )
    assert [failure.rule for failure in taken.report.blocking] == ["cloud_share__required", "cost__required"]


def test_one_cell_that_cannot_be_stored_keeps_everything_out(case: Case, take: Callable[..., Any]) -> None:
    taken = take({**WITHOUT_CLOUD, "item:email": "nobody"})
    assert [(error.code, error.place.code) for error in taken.errors] == [("email_form", "email")]
    assert (Response.objects.count(), Paradata.objects.count()) == (0, 0)


def test_cell_off_the_route_does_not_matter(case: Case, take: Callable[..., Any]) -> None:
    assert take({**WITHOUT_CLOUD, "item:ratio": "many"}).response.status == ResponseStatus.SUBMITTED


def test_mended_form_is_taken_again(case: Case, take: Callable[..., Any]) -> None:
    book = handed_out(case)
    take({"item:employees": 20, "item:has_cloud": "No"}, book=book)
    response = take({"item:employees": 21, "item:cost": "Slight"}, book=book).response
    assert (response.status, response.answers["employees"]) == (ResponseStatus.SUBMITTED, 21)


def test_same_form_again_gives_the_same_receipt(case: Case, take: Callable[..., Any]) -> None:
    book = handed_out(case)
    first, second = take(WITHOUT_CLOUD, book=book), take({}, book=book)
    assert first.response.receipt_number == second.response.receipt_number
    assert Response.objects.count() == 1


def test_another_form_after_submission_is_refused(case: Case, take: Callable[..., Any]) -> None:
    book = handed_out(case)
    take(WITHOUT_CLOUD)
    with pytest.raises(AlreadySubmittedError):
        take(WITHOUT_CLOUD, book=book)


def test_form_of_another_firm_is_taken_nowhere(case: Case, tmp_path: Path) -> None:
    other = Case.objects.exclude(pk=case.pk).order_by("pk")[0]
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    form = read_offline_form(saved(book, tmp_path), filling_of(case, timezone.now())).form
    with pytest.raises(OfflineFormRefused) as refused:
        take_offline_form(case=other, form=form)
    assert (refused.value.code, Response.objects.count(), LateDraft.objects.count()) == ("wrong_firm", 0, 0)


def test_verify_edit_is_settled_by_the_explanation(case: Case, take: Callable[..., Any]) -> None:
    unusual = {**WITHOUT_CLOUD, "item:employees": 5000}
    book = handed_out(case)
    assert [failure.rule for failure in take(unusual, book=book).report.blocking] == ["v_staff"]
    response = take({}, {"employees": "We took over a large competitor."}, book=book).response
    assert response.reasons == {"v_staff": "We took over a large competitor."}


def test_newer_answers_stay_where_the_form_is_blank(case: Case, take: Callable[..., Any]) -> None:
    book = handed_out(case)
    save(case, "words", remark="typed on the web")
    assert take(WITHOUT_CLOUD, book=book).response.answers["remark"] == "typed on the web"


def test_two_answers_to_one_question_are_a_conflict_and_nothing_is_taken(case: Case, take: Callable[..., Any]) -> None:
    book = handed_out(case)
    save(case, "choices", cost="1")
    taken = take(WITHOUT_CLOUD, book=book)
    assert ([conflict.item for conflict in taken.conflicts], taken.is_stored) == (["cost"], False)
    assert Response.objects.get().answers == {"cost": "1"}


def test_cell_made_blank_takes_the_stored_answer_away(case: Case, take: Callable[..., Any]) -> None:
    save(case, "words", remark="typed on the web")
    assert "remark" not in take({**WITHOUT_CLOUD, "item:remark": None}).response.answers


def test_attached_file_stays(case: Case, take: Callable[..., Any]) -> None:
    save(case, "words", proof="abc.pdf")
    assert take(WITHOUT_CLOUD).response.answers["proof"] == "abc.pdf"


def test_file_that_comes_with_the_form_is_its_answer(
    case: Case,
    take: Callable[..., Any],
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = take(WITHOUT_CLOUD, attachments=scan()).response
    assert (media / "answers" / case.key.hex / response.answers["proof"]).read_bytes() == PDF
    assert response.status == ResponseStatus.SUBMITTED


def test_refused_file_keeps_everything_out(case: Case, take: Callable[..., Any], media: Path) -> None:
    taken = take(WITHOUT_CLOUD, attachments=scan("scan.exe"))
    assert (taken.refused_files["proof"].code, taken.is_stored) == ("file_type", False)
    assert (Response.objects.count(), list(media.rglob("*.*"))) == (0, [])


def test_cell_to_mend_keeps_the_file_out_as_well(case: Case, take: Callable[..., Any], media: Path) -> None:
    assert take({**WITHOUT_CLOUD, "item:email": "nobody"}, attachments=scan()).errors
    assert list(media.rglob("*.*")) == []


def test_file_replaces_the_one_that_was_attached(
    case: Case,
    take: Callable[..., Any],
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    save(case, "words", proof="abc.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        first = take({}, attachments=scan()).response.answers["proof"]
        second = take(WITHOUT_CLOUD, attachments=scan()).response.answers["proof"]
    folder = media / "answers" / case.key.hex
    assert "abc.pdf" not in (first, second)
    assert [path.name for path in folder.iterdir()] == [second]


def test_file_that_will_not_be_attached_is_said_in_the_form(case: Case, take: Callable[..., Any]) -> None:
    answers = {**WITHOUT_CLOUD, "field:proof__missing": "Prefer not to say"}
    assert take(answers).response.answers["proof"] == "refused"


def test_form_after_the_deadline_is_kept_as_a_late_draft(case: Case, take: Callable[..., Any]) -> None:
    with pytest.raises(CollectionClosedError):
        take(WITHOUT_CLOUD, clock=lambda: case.wave.closes_at + timedelta(days=1))
    assert [late.answers for late in LateDraft.objects.all()] == [{"employees": 20, "has_cloud": "no", "cost": "4"}]
    assert Response.objects.count() == 0


def after_the_deadline(take: Callable[..., Any], case: Case, answers: Any, **more: Any) -> dict[str, Any]:
    """The late draft after a form that arrived a day late."""
    with pytest.raises(CollectionClosedError):
        take(answers, clock=lambda: case.wave.closes_at + timedelta(days=1), **more)
    kept: dict[str, Any] = LateDraft.objects.get(case=case).answers
    return kept


def test_file_after_the_deadline_is_kept_with_the_late_draft(
    case: Case,
    take: Callable[..., Any],
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = after_the_deadline(take, case, WITHOUT_CLOUD, attachments=scan())
        assert after_the_deadline(take, case, {"item:employees": 30})["proof"] == first["proof"]
    folder = media / "answers" / case.key.hex
    assert (folder / first["proof"]).read_bytes() == PDF
    with django_capture_on_commit_callbacks(execute=True):
        second = after_the_deadline(take, case, {}, attachments=scan())
    assert [path.name for path in folder.iterdir()] == [second["proof"]]


def test_file_that_cannot_be_taken_leaves_the_late_draft_without_it(
    case: Case, take: Callable[..., Any], media: Path
) -> None:
    assert "proof" not in after_the_deadline(take, case, WITHOUT_CLOUD, attachments=scan("scan.exe"))
    assert list(media.rglob("*.*")) == []


def test_officer_stands_in_the_audit_history(
    case: Case, take: Callable[..., Any], office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    take(WITHOUT_CLOUD, actor=officer)
    action = StaffAction.objects.get(verb="take_offline_form")
    assert (action.actor, action.subject) == (officer, str(case))


def test_form_gives_what_the_web_gives(case: Case, take: Callable[..., Any]) -> None:
    other = Case.objects.exclude(pk=case.pk).select_related("wave__survey")[0]
    for page, typed in ROUTE_WITHOUT_CLOUD.items():
        save(other, page, **typed)
    web = submit_response(case=other, submission_key="k")
    assert take(WITHOUT_CLOUD).response.answers == web.answers


def test_form_that_is_taken_half_way_leaves_nothing(case: Case, tmp_path: Path) -> None:
    book = saved(fill_in(handed_out(case), WITHOUT_CLOUD), tmp_path)
    now = Case.objects.select_related("wave__survey", "wave__version").get(pk=case.pk)
    form = read_offline_form(book, filling_of(now, timezone.now())).form
    assert half_written(lambda: take_offline_form(case=case, form=form)) == []


def test_district_of_the_form_is_one_of_the_list(case: Case, take: Callable[..., Any]) -> None:
    known = District.objects.order_by("code")[0].code
    wrong = take({**WITHOUT_CLOUD, "item:district": "999999"})
    assert ([error.place.code for error in wrong.errors], Response.objects.count()) == (["district"], 0)
    assert take({**WITHOUT_CLOUD, "item:district": known}).response.answers["district"] == known
