"""What stands against a filled offline form is named by the cell in which to mend it."""

import pytest
from django.test import Client

from survey.instrument.answers import parse_page
from survey.instrument.schema import Questionnaire as Schema
from survey.models import Case, Response, Wave
from survey.services.answers.responses import PageInput, save_answers
from tests.every_type import EVERY_TYPE
from tests.exchange.forms_filled_in import WITHOUT_CLOUD, cell_of, fill_in, handed_out
from tests.views.fieldwork.workbooks import OFFLINE, upload
from tests.views.firms import enter
from tests.waves import version_of

pytestmark = pytest.mark.usefixtures("in_english")


def test_what_is_to_be_mended_is_named_by_cell(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), {**WITHOUT_CLOUD, "item:email": "nobody", "item:employees": None})
    answer = upload(client, OFFLINE, book)
    assert answer.status_code == 422
    assert answer.context["to_correct"] == [
        {
            "cell": cell_of(book, "item:email"),
            "message": "Question email: enter an e-mail address such as name@example.com.",
        }
    ]
    assert Response.objects.count() == 0


def test_open_questions_are_named_by_cell_and_the_draft_is_kept(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), {"item:has_cloud": "Yes", "item:employees": 5000})
    answer = upload(client, OFFLINE, book)
    cells = [line["cell"] for line in answer.context["to_correct"]]
    assert cells == [cell_of(book, f"item:{item}") for item in ("employees", "cloud_share", "cost")]
    explain = cell_of(book, "item:employees", "E")
    assert f"say in cell {explain} what explains it" in answer.context["to_correct"][0]["message"]
    assert "saved but not submitted" in answer.content.decode()


def test_sheet_is_named_as_the_clerk_sees_it(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), {**WITHOUT_CLOUD, "item:email": "nobody"})
    book["Questionnaire"].title = "我的问卷"
    assert "Mend these cells of the sheet “我的问卷”" in upload(client, OFFLINE, book).content.decode()


def test_conflict_shows_the_answer_that_was_saved_meanwhile(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    page = EVERY_TYPE.pages["choices"]
    save_answers(case=case, given=PageInput(page=page, parsed=parse_page(page, {"cost": ["1"]})))
    line = upload(client, OFFLINE, book).context["to_correct"][0]
    assert (line["cell"], "handed out (No problem)" in line["message"]) == (cell_of(book, "item:cost"), True)


def test_note_is_shown_beside_what_is_to_be_mended(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), {"item:employees": 20, "item:cost": "Very serious"})
    answer = upload(client, OFFLINE, book)
    assert answer.context["look_at"] == [
        {"cell": cell_of(book, "item:cost"), "message": "Question cost: That is a lot."}
    ]


@pytest.mark.usefixtures("proof_required")
def test_missing_file_is_asked_for_and_taken_with_the_workbook(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    answer = upload(client, OFFLINE, book)
    assert [line["cell"] for line in answer.context["to_correct"]] == [cell_of(book, "item:proof", "B")]
    assert "Attach the file below, together with the workbook." in answer.context["to_correct"][0]["message"]
    assert 'name="attach__proof"' in answer.content.decode()
    assert upload(client, OFFLINE, book, proof="scan.pdf")["Location"] == "/form/receipt/"
    assert Response.objects.get().answers["proof"].endswith(".pdf")


def test_unfit_file_is_refused_beside_its_question(client: Client, case: Case) -> None:
    enter(client, case)
    answer = upload(client, OFFLINE, fill_in(handed_out(case), WITHOUT_CLOUD), proof="scan.exe")
    assert answer.context["attachments"][0]["problem"] == "Attach a file of one of these types: pdf, png."
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    ("has_cloud", "offered"), [(None, ["plan", "proof"]), ("yes", ["plan", "proof"]), ("no", ["proof"])]
)
def test_file_that_hangs_on_an_answer_is_offered_until_the_answer_leads_past_it(
    client: Client, case: Case, has_cloud: str | None, offered: list[str]
) -> None:
    """Before anything was saved nobody knows the route, and a firm is told of every file."""
    schema = EVERY_TYPE.to_dict()
    proof = next(item for item in schema["sections"][1]["pages"][1]["items"] if item["code"] == "proof")
    schema["sections"][1]["pages"][0]["items"].append({**proof, "code": "plan"})
    version = version_of(case.wave)
    version.pk, version.number, version.schema, version.digest = None, 2, schema, Schema.from_dict(schema).digest
    version.save()
    Wave.objects.update(version=version)
    enter(client, case)
    if has_cloud:
        page = EVERY_TYPE.pages["firm"]
        save_answers(case=case, given=PageInput(page=page, parsed=parse_page(page, {"has_cloud": [has_cloud]})))
    assert [row["code"] for row in client.get(OFFLINE).context["attachments"]] == offered
