"""Files of answers that are off the route when the response is submitted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.instrument.answers import Parsed
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.models import Case, QuestionnaireVersion, Response
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.services.answers.uploads import name_upload, path_of
from survey.terms import ItemType
from tests.waves import version_of

HAS, PROOF, PLAN = (
    Item(code="has", type=ItemType.YES_NO, text=Text("有", "Any?"), required="true()"),
    Item(code="proof", type=ItemType.FILE, text=Text("证", "Proof"), relevant="${has} = 'yes'"),
    Item(code="plan", type=ItemType.FILE, text=Text("图", "Plan")),
)
FORM = Questionnaire(
    code="files",
    title=Text("文件", "Files"),
    sections=(
        Section(
            code="s", title=Text("甲", "A"), pages=(Page(code="p", title=Text("乙", "B"), items=(HAS, PROOF, PLAN)),)
        ),
    ),
)
PAGE = FORM.pages["p"]
Commits = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def asked(cases: list[Case]) -> Case:
    """A case whose wave asks for a file only of those who have something to prove."""
    case = cases[0]
    case.wave.version = QuestionnaireVersion.objects.create(
        questionnaire=version_of(case.wave).questionnaire, number=2, schema=FORM.to_dict(), digest=FORM.digest
    )
    case.wave.save()
    return case


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")


def answer(case: Case, has: str, *, files: dict[str, SimpleUploadedFile] | None = None, **answers: str) -> None:
    """Save the page, with files by the reference that its answers name them by."""
    response = Response.objects.filter(case=case, is_current=True).first()
    revision = response.revision if response else 0
    parsed = Parsed({"has": has, **answers})
    save_answers(case=case, given=PageInput(page=PAGE, parsed=parsed, revision=revision, files=files or {}))


def test_submission_deletes_the_file_of_an_answer_off_the_route(
    asked: Case, media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    proof, plan = name_upload(PROOF, upload()), name_upload(PLAN, upload())
    with django_capture_on_commit_callbacks(execute=True):
        answer(asked, "no", proof=proof, plan=plan, files={proof: upload(), plan: upload()})
        submitted = submit_response(case=asked, submission_key="k")
    assert submitted.answers == {"has": "no", "plan": plan}
    assert ((media / path_of(asked, proof)).exists(), (media / path_of(asked, plan)).exists()) == (False, True)


def test_submission_keeps_the_file_of_an_answer_on_the_route(
    asked: Case, media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    proof = name_upload(PROOF, upload())
    with django_capture_on_commit_callbacks(execute=True):
        answer(asked, "yes", proof=proof, files={proof: upload()})
        submit_response(case=asked, submission_key="k")
    assert (media / path_of(asked, proof)).exists()


def test_draft_keeps_the_file_of_an_answer_off_the_route(
    asked: Case, media: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    """Whoever goes back and says yes again finds it."""
    proof = name_upload(PROOF, upload())
    with django_capture_on_commit_callbacks(execute=True):
        answer(asked, "yes", proof=proof, files={proof: upload()})
        answer(asked, "no", proof=proof)
    assert (media / path_of(asked, proof)).exists()
