"""A case whose firm has submitted the questionnaire of every item type."""

from survey.instrument.answers import parse_page
from survey.models import Case, Response
from survey.services.answers.responses import PageInput, save_answers, submit_response
from tests.every_type import EVERY_TYPE, ROUTE_WITHOUT_CLOUD


def submitted_case(case: Case) -> Response:
    """Its response, saved page by page and submitted."""
    for code, typed in ROUTE_WITHOUT_CLOUD.items():
        page = EVERY_TYPE.pages[code]
        raw = {name: [value] if isinstance(value, str) else list(value) for name, value in typed.items()}
        saved = save_answers(case=case, given=PageInput(page=page, parsed=parse_page(page, raw), base={}))
        assert not saved.conflicts
    return submit_response(case=case, submission_key="first")
