"""What is kept of a person is found wherever it stands, and removed without leaving it in the audit history."""

import io
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from survey.models import (
    Acceptance,
    Case,
    CaseEntry,
    CaseOutcome,
    CaseWork,
    Contact,
    Correction,
    CrossingRequest,
    Delegate,
    EditingDecision,
    Feedback,
    Firm,
    FirmChange,
    FirmContact,
    FormReading,
    FrameImport,
    Job,
    LateDraft,
    Mailing,
    MailingRow,
    OpenAnswerDecision,
    OutlierDecision,
    Removed,
    Response,
    ReturnNote,
    SectionHandover,
    StaffAction,
)
from survey.services.answers.uploads import path_of
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.operation.audit_check import broken_links
from survey.services.operation.personal_data import (
    PERSONAL_KINDS,
    REMOVERS,
    PersonalDataError,
    find_person,
    remove_person,
)
from survey.services.operation.personal_files import LABELS
from survey.services.operation.personal_places import matcher
from survey.services.operation.personal_rows import ROWS
from tests.frame_lists import firms, write_list
from tests.interrupted import half_written
from tests.services.operation.planted import PLANTED, planted
from tests.waves import version_of

NAME = "欧阳静芬"


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create(username="boss")


@pytest.fixture
def known(cases: list[Case], boss: User) -> Response:
    """A person in the contact of a firm, its history, an answer, a reason, a correction and the audit history."""
    case = cases[0]
    contact = case.sample_unit.unit.contact
    contact.name, contact.phone = NAME, "+86 138-0013-8000"
    contact.save()
    assert case.wave.version is not None
    response = Response.objects.create(
        case=case,
        version=case.wave.version,
        answers={"q_share": 5, "q_filled_by": f"{NAME} 13800138000"},
        reasons={"v_share": f"问{NAME}"},
        status="submitted",
        submitted_at=timezone.now(),
    )
    chain(response)
    chain(Correction.objects.create(response=response, item="q_share", old=5, new=6, reason=NAME, author=boss))
    record_action(actor=boss, verb="change", subject=NAME)
    SectionHandover.objects.create(
        case=case, section="s", colleague=NAME, generation=1, code_hash="h", expires_at=timezone.now()
    )
    return response


def kinds(text: str) -> set[str]:
    return {place.kind for place in find_person(text)}


@pytest.mark.usefixtures("known")
def test_name_is_found_wherever_it_stands() -> None:
    expected = {"contact", "contact_history", "handover", "answer", "reason", "correction", "staffaction"}
    assert kinds(NAME) == expected


@pytest.mark.parametrize("spelling", ["13800138000", "138 0013 8000", "+86-138-0013-8000"])
@pytest.mark.usefixtures("known")
def test_telephone_is_found_in_any_spelling(spelling: str) -> None:
    assert "contact" in kinds(spelling)


@pytest.mark.usefixtures("known")
def test_address_is_found_in_any_case() -> None:
    email = Contact.objects.exclude(email="").order_by("-pk")[0].email
    assert kinds(email.upper()) == {"contact"}


def test_short_number_is_no_telephone() -> None:
    assert not matcher("1380")("13-80")


@pytest.mark.django_db
def test_one_letter_is_refused() -> None:
    with pytest.raises(PersonalDataError) as refused:
        find_person(" a ")
    assert refused.value.complaint.code == "search_too_short"


def test_accounts_alone_are_not_removed_here() -> None:
    assert set(PERSONAL_KINDS) - set(REMOVERS) == {"user"}


def test_everything_chosen_is_removed_and_the_chain_holds(known: Response, boss: User) -> None:
    codes = [place.code for place in find_person(NAME)]
    assert remove_person(text=NAME, codes=codes, reason="letter of 3 March", actor=boss) == len(codes)
    assert find_person(NAME) == []
    assert list(broken_links()) == []
    response = Response.objects.get()
    assert (response.answers, response.reasons) == ({"q_share": 5}, {})
    entry = StaffAction.objects.get(verb="erase_person")
    assert (entry.actor, entry.subject, entry.detail["reason"], entry.detail["removed"]["answer"]) == (
        boss,
        "–",
        "letter of 3 March",
        1,
    )


def test_what_is_not_chosen_stays(known: Response, boss: User) -> None:
    [code] = [place.code for place in find_person(NAME) if place.kind == "reason"]
    assert remove_person(text=NAME, codes=[code], reason="letter", actor=boss) == 1
    assert kinds(NAME) == {"contact", "contact_history", "handover", "answer", "correction", "staffaction"}


def test_file_of_an_answer_that_came_too_late_goes_with_it(
    case: Case,
    boss: User,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = default_storage.save(path_of(case, f"{NAME}.txt"), ContentFile(b"x"))
    late = LateDraft.objects.create(case=case, answers={"employees": 20, "proof": f"{NAME}.txt"})
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_person(text=NAME, codes=[f"late_draft:{late.pk}:proof"], reason="letter", actor=boss) == 1
    assert (LateDraft.objects.get().answers, default_storage.exists(stored)) == ({"employees": 20}, False)


@pytest.mark.parametrize(
    ("codes", "reason", "code"),
    [("all", "", "reason_missing"), ("all", f"{NAME} asked", "reason_names_person"), ("none", "x", "nothing_chosen")],
)
def test_refusal_changes_nothing(known: Response, boss: User, codes: str, reason: str, code: str) -> None:
    chosen = [place.code for place in find_person(NAME)] if codes == "all" else ["contact:0:"]
    with pytest.raises(PersonalDataError) as refused:
        remove_person(text=NAME, codes=chosen, reason=reason, actor=boss)
    assert refused.value.complaint.code == code
    assert "contact" in kinds(NAME)


def one_of_each(response: Response, author: User, folder: Path) -> None:
    """A row of every kind that is looked through, and a file of every kind, with the planted text in it."""
    case, wave = response.case, response.case.wave
    chain(Correction.objects.create(response=response, item="q_share", old=PLANTED, new=6, reason="r", author=author))
    decided = {"case": case, "item": "q_share", "choice": "keep", "reason": PLANTED, "author": author}
    chain(OutlierDecision.objects.create(**decided))
    CaseOutcome.objects.create(case=case, outcome="refused", source="phone", reason=PLANTED, author=author)
    EditingDecision.objects.create(response=response, item="q_share", value=5, reason=PLANTED, author=author)
    ReturnNote.objects.create(response=response, item="q_share", text=PLANTED)
    let_out = {"response": response, "item": "remark", "leaves": True, "text": PLANTED, "written": "d"}
    OpenAnswerDecision.objects.create(**let_out, author=author)
    CrossingRequest.objects.create(wave=wave, first="industry", second="size", reason=PLANTED, asked_by=author)
    CaseEntry.objects.create(case=case, kind="call", text="x", person=PLANTED, submission_key="k")
    CaseWork.objects.create(case=case, next_action=PLANTED)
    firm = Firm.objects.create(credit_code="91440303Y000000162", name="甲")
    FirmContact.objects.create(firm=firm, name=PLANTED)
    FirmChange.objects.create(firm=firm, field="phone", old=PLANTED, source="officer", at=timezone.now())
    Delegate.objects.create(name=PLANTED, code_hash="h")
    mailing = Mailing.objects.create(wave=wave, purpose="invitation", channel="email", site="https://example.org")
    MailingRow.objects.create(mailing=mailing, case=case, occasion="o", said=PLANTED)
    Acceptance.objects.create(wave=wave, accepted_by=author, remark=PLANTED)
    Feedback.objects.create(wave=wave, remark=PLANTED)
    Removed.objects.create(model="survey.section", name="s", content=[{"title": PLANTED}], removed_by=author)
    write_list(folder / "list.xlsx", firms((1, "企业详细名称", PLANTED)))
    put_in = FrameImport.objects.create(title=PLANTED, source_name="list.xlsx", status="done")
    put_in.stored_file.save("list", ContentFile((folder / "list.xlsx").read_bytes()))
    made = Job.objects.create(kind="microdata", key="k", subject=PLANTED, language="en", state="done")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("rows.csv", f"1,{PLANTED}".encode("gb18030"))
    made.file.save("rows.zip", ContentFile(packed.getvalue()))
    form = FormReading(source_name="form.csv", created_by=author)
    form.file.save("form", ContentFile(PLANTED.encode()), save=False)
    form.save()


@pytest.mark.django_db(transaction=True)
def test_no_planted_byte_is_left_of_a_person(
    parallel_database: None, case: Case, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT, settings.EXTRACT_DIR = tmp_path / "media", str(tmp_path / "extract")
    author = User.objects.create(username="editor")
    default_storage.save(path_of(case, "a1.txt"), ContentFile(PLANTED.encode()))
    answers = {"employees": 20, "remark": PLANTED, "proof": "a1.txt"}
    response = Response.objects.create(case=case, version=version_of(case.wave), answers=answers)
    one_of_each(response, author, tmp_path)
    found = find_person(PLANTED)
    assert {place.kind for place in found} >= {*ROWS, *LABELS, "answer"}
    assert planted() > 0
    remove_person(text=PLANTED, codes=[place.code for place in found], reason="letter of 3 March", actor=author)
    assert (find_person(PLANTED), planted()) == ([], 0)
    assert [path.name for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
    assert list(broken_links()) == []


def test_person_who_is_removed_half_way_stands_in_every_place(known: Response, boss: User) -> None:
    codes = [place.code for place in find_person(NAME)]
    assert half_written(lambda: remove_person(text=NAME, codes=codes, reason="letter", actor=boss)) == []
