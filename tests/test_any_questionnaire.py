"""Any questionnaire and any answers go the whole way: published, filled in page by page, saved, submitted, loaded, out.

One property for everything between the designer and the extract. What is expected comes from ``any_questionnaire``,
which knows in Python what each condition, constraint and calculation means, never from the code under test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.exchange.offline.form import offline_form
from survey.exchange.offline.reading import read_offline_form
from survey.exchange.xlsform import read_xlsform, xlsform_workbook
from survey.instrument.answers import parse_page
from survey.instrument.codebook import codebook_of
from survey.instrument.kinds.choices import options_of
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Page
from survey.instrument.schema import Questionnaire as Schema
from survey.methods.coding import first_choice
from survey.models import Case, Questionnaire, QuestionnaireVersion, Response
from survey.selectors.design.questionnaire import read_look_ups, read_questionnaire
from survey.selectors.respondent.session import filling_of
from survey.selectors.results.extract import read_collected
from survey.services.answers.errors import NotCompleteError
from survey.services.answers.offline_returns import new_identity
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.services.design.publishing import publish_questionnaire
from survey.services.design.questionnaire_loading import load_questionnaire
from survey.terms import ItemType, ResponseStatus
from tests.any_answers import answers_to
from tests.any_columns import COLUMNS, none, number, one
from tests.any_condition import NUMBER, usable
from tests.any_questionnaire import Designed, any_questionnaires
from tests.instrument.whole_pages import page_to_raw, prune

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
IN_VAIN = {"unreachable", "option_unusable"}
REASON = "三月份新并购一家工厂，人数因此增加"


@pytest.fixture
def open_case(case: Case) -> Case:
    """A case of a wave that is open on the day of the test."""
    case.wave.opens_at, case.wave.closes_at = NOW.replace(year=2025), NOW.replace(year=2027)
    case.wave.save()
    return case


@dataclass(frozen=True)
class Expected:
    """What follows from the design alone: the asked items, the answers that count, and those that nobody asked for."""

    asked: list[str] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    kept: dict[str, Any] = field(default_factory=dict)
    stray: dict[str, Any] = field(default_factory=dict)

    def broken(self, designed: Designed) -> set[str]:
        """The hard edits that these answers do not meet."""
        broken = (code for code in self.asked if not designed.constraints[code].holds(self.kept))
        return {f"{code}__constraint" for code in broken}

    def reasons(self, content: Schema) -> dict[str, str]:
        """The reasons that are kept: those of the verify rules that fire."""
        numbers = (code for code in self.asked if content.items[code].type in NUMBER)
        return {f"v_{code}": REASON for code in numbers if (usable(self.kept, code) or 0) >= 90}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), designed=any_questionnaires())
def test_any_questionnaire_and_any_answers_go_the_whole_way(
    open_case: Case, tmp_path_factory: pytest.TempPathFactory, data: Any, designed: Any
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.xlsx"
    with transaction.atomic():
        version = published(designed, open_case, file)
        open_case.wave.version = version
        open_case.wave.save()
        content = Schema.from_dict(version.schema)
        expected = drawn_answers(data, designed, content)
        says_in_vain_only_when_certain(content, designed, expected)
        filled_in_page_by_page(open_case, content, expected)
        comes_back_from_the_offline_form(open_case, content)
        if broken := expected.broken(designed):
            is_refused(open_case, broken)
        else:
            is_submitted(open_case, content, expected)
            is_in_the_extract(open_case, designed, content, expected.kept)
        transaction.set_rollback(True)


def published(designed: Designed, case: Case, file: Path) -> QuestionnaireVersion:
    """Out as an XLSForm and back, stored as a draft, and published: the same content all the way."""
    content = designed.questionnaire
    file.write_bytes(xlsform_workbook(content))
    back = read_xlsform(file).questionnaire
    assert back == content
    draft = load_questionnaire(content=back, survey=case.wave.survey, replace=False, actor=None)
    assert read_questionnaire(draft.pk) == with_look_ups(content)
    return publish_anyway(draft)


def publish_anyway(draft: Questionnaire) -> QuestionnaireVersion:
    """The version; also of a questionnaire that asks some things in vain, which publishing refuses."""
    content = read_questionnaire(draft.pk)
    if not (errors := errors_in(lint(content))):
        return publish_questionnaire(questionnaire=draft, actor=None)
    assert {error.code for error in errors} <= IN_VAIN
    return draft.versions.create(number=1, schema=content.to_dict(), digest=content.digest)


def with_look_ups(content: Schema) -> Schema:
    """The questionnaire with the classifications of the office where an item lists no codes of its own."""
    lists = read_look_ups()

    def page(part: Page) -> Page:
        return replace(
            part, items=tuple(replace(item, options=item.options or lists.get(item.type, ())) for item in part.items)
        )

    sections = tuple(replace(part, pages=tuple(page(each) for each in part.pages)) for part in content.sections)
    return replace(content, sections=sections)


def drawn_answers(data: st.DataObject, designed: Designed, content: Schema) -> Expected:
    """One pass from the first item to the last, by what the conditions mean in Python."""
    expected = Expected()
    for item in content.items.values():
        if not designed.is_asked(item.code, expected.kept):
            stray = RouteItem(item=item, options=options_of(item), required=False)
            expected.stray.update(data.draw(answers_to(stray)) if data.draw(st.booleans()) else {})
        elif item.type is ItemType.CALCULATION:
            value = designed.calculations[item.code](expected.kept)
            expected.kept.update({} if value is None else {item.code: value})
        else:
            asked = RouteItem(
                item=item, options=designed.options(item, expected.kept), required=item.required == "true()"
            )
            expected.asked.append(item.code)
            expected.offered.update(f"{item.code}.{option.code}" for option in asked.options)
            expected.kept.update(data.draw(answers_to(asked)))
    return expected


def says_in_vain_only_when_certain(content: Schema, designed: Designed, expected: Expected) -> None:
    """Nothing that lint calls unreachable was reached, and no option that it calls unusable was offered."""
    reached = set(expected.asked) | (expected.kept.keys() & designed.calculations.keys())
    for page in (content.page_of_item[code] for code in tuple(reached)):
        reached |= {page.code, content.section_of_page[page.code].code}
    found = lint(content)
    assert not reached & {error.place.code for error in found if error.code == "unreachable"}
    unusable = {f"{error.place.code}.{error.value}" for error in found if error.code == "option_unusable"}
    assert not expected.offered & unusable


def filled_in_page_by_page(case: Case, content: Schema, expected: Expected) -> None:
    """What is valid is taken as it is, and the route leads over the expected pages to its end."""
    typed, place = {**expected.stray, **expected.kept}, ""
    seen: list[str] = []
    reasons = {rule.code: REASON for rule in content.edit_rules}
    while (page := filling_of(case, NOW).route.page_after(place)) and len(seen) <= len(content.pages):
        place = page.page.code
        seen.append(place)
        parsed = parse_page(page.page, page_to_raw(page.page, typed))
        assert parsed.errors == ()
        save_answers(
            case=case,
            given=PageInput(page=page.page, parsed=parsed, reasons=reasons, revision=filling_of(case, NOW).revision),
            clock=lambda: NOW,
        )
    filling = filling_of(case, NOW)
    assert seen == [
        page for page in content.pages if page in {content.page_of_item[item].code for item in expected.asked}
    ]
    assert list(filling.route.items) == expected.asked
    assert dict(filling.route.answers) == expected.kept
    assert prune(content, filling.route.answers, filling.facts, filling.today) == expected.kept


def comes_back_from_the_offline_form(case: Case, content: Schema) -> None:
    """The form that a firm may fill in without a network holds every answer but files and calculated values."""
    filling = filling_of(case, NOW)
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(offline_form(filling, new_identity(filling, "en")))
        file.flush()
        form = read_offline_form(Path(file.name), filling)
    read = [parse_page(page, form.form.raw) for page in content.pages.values()]
    files = {
        code for code, item in content.items.items() if item.type is ItemType.FILE and usable(filling.answers, code)
    }
    assert [error for parsed in read for error in parsed.errors] == []
    assert {key: value for parsed in read for key, value in parsed.answers.items()} == {
        key: value for key, value in filling.answers.items() if key not in files
    }


def is_refused(case: Case, broken: set[str]) -> None:
    before = Response.objects.get(case=case).answers
    with pytest.raises(NotCompleteError) as refused, transaction.atomic():
        submit_response(case=case, submission_key="key", clock=lambda: NOW)
    assert {failure.rule for failure in refused.value.report.blocking} == broken
    assert Response.objects.get(case=case).answers == before


def is_submitted(case: Case, content: Schema, expected: Expected) -> None:
    receipt = submit_response(case=case, submission_key="key", clock=lambda: NOW).receipt_number
    held = Response.objects.get(case=case, receipt_number=receipt)
    assert (held.status, held.answers) == (ResponseStatus.SUBMITTED, expected.kept)
    assert held.reasons == expected.reasons(content)


def is_in_the_extract(case: Case, designed: Designed, content: Schema, kept: dict[str, Any]) -> None:
    """Every analysed answer and how it came about, the numbers of the frame; the codebook knows each column."""
    collected = read_collected(case.wave)
    numbers = {name: None if np.isnan(values[0]) else values[0] for name, values in collected.values.items()}
    coded = {
        name: column.labels[code] if (code := column.codes[0]) >= 0 else None
        for name, column in collected.items.items()
    }
    columns = {
        name: value for item in content.items.values() for name, value in COLUMNS.get(item.type, none)(item, kept)
    }
    firm = case.sample_unit.unit
    of_the_frame = {"frame:employees": firm.employees, "frame:revenue": firm.revenue}
    how = {f"{code}#state": how_it_ended(designed, code, kept) for code in with_state(content)}
    assert {**numbers, **coded} == {**columns, **how, **of_the_frame}
    first = {first_choice(item) for item in content.items}
    assert columns.keys() - first <= {variable.name for variable in codebook_of(content)}


def with_state(content: Schema) -> Iterator[str]:
    """The numbers, and the closed items with one answer that not every firm is asked."""
    for section, page, item in content.walk():
        reader, is_filtered = COLUMNS.get(item.type), section.relevant or page.relevant or item.relevant
        if reader is number or (reader is one and is_filtered):
            yield item.code


def how_it_ended(designed: Designed, code: str, kept: dict[str, Any]) -> str:
    """Answered, the non-answer that was chosen, or no answer: of a firm that was asked, or that nobody asked."""
    if code in kept:
        return "answered" if usable(kept, code) is not None else str(kept[code])
    return "unanswered" if designed.is_asked(code, kept) else "not_asked"
