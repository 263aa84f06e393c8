"""A fictitious firm fills in the questionnaire page by page, through the services of real firms."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from numpy.random import Generator

from survey.instrument.answers import Parsed
from survey.instrument.edit_rules import EditReport, check_page
from survey.instrument.expressions import Scope
from survey.instrument.routing import Route, RoutePage, prefilled, route_of
from survey.management.demonstration.answers import Respondent, answers_of_page
from survey.models import Case, Response
from survey.selectors.respondent import Filling, filling_of
from survey.services.responses import PageInput, save_answers, submit_response
from survey.terms import SizeClass

REASON = "已向生产和财务部门核对,今年新建了一条产线,数字属实。"
TRIES = 30


@transaction.atomic
def fill_in(*, case: Case, generator: Generator, pages_at_most: int | None = None) -> Response | None:
    """Answer every page of the route and submit; with ``pages_at_most`` stop there and leave a draft."""
    unit = case.sample_unit.unit
    respondent = Respondent(unit.industry_section, SizeClass(unit.size_class), float(generator.normal(0, 0.5)))
    filling = filling_of(case, timezone.now())
    answers: dict[str, Any] = {}
    route, revision, done = filling.route, 0, 0
    page: RoutePage | None = route.pages[0]
    while page is not None and (pages_at_most is None or done < pages_at_most):
        answered, report = _page_answers(filling, route, page.page.code, answers, respondent, generator)
        given = PageInput(
            page=page.page,
            parsed=Parsed(answered),
            reasons={failure.rule: REASON for failure in report.verify},
            revision=revision,
            seconds=int(generator.integers(12, 45)),
            language="zh-hans",
        )
        revision = save_answers(case=case, given=given).response.revision
        answers |= answered
        done += 1
        route = _route(filling, answers)
        page = route.page_after(page.page.code)
    return submit_response(case=case, submission_key=f"demonstration-{case.pk}") if page is None else None


def _route(filling: Filling, answers: Mapping[str, Any]) -> Route:
    return route_of(filling.questionnaire, answers, filling.facts, filling.today)


def _page_answers(
    filling: Filling,
    route: Route,
    code: str,
    answers: Mapping[str, Any],
    respondent: Respondent,
    generator: Generator,
) -> tuple[dict[str, Any], EditReport]:
    """Answers of one page that no hard rule refuses, with the report on them; raises RuntimeError if none is found."""
    for _ in range(TRIES):
        answered = _drawn_answers(filling, route, code, answers, respondent, generator)
        report = check_page(filling.questionnaire, code, {**answers, **answered}, filling.facts, {}, filling.today)
        if not report.hard:
            return answered, report
    raise RuntimeError(
        f"No answers to page {code} pass its hard rules: {report.hard}. Widen the demonstration's answers."
    )


def _drawn_answers(
    filling: Filling,
    route: Route,
    code: str,
    answers: Mapping[str, Any],
    respondent: Respondent,
    generator: Generator,
) -> dict[str, Any]:
    """Answers of one page, drawn again for what they bring onto the route, until nothing new is asked."""
    answered: dict[str, Any] = {}
    asked: set[str] = set()
    while (page := route.page(code)) is not None:
        open_items = tuple(item for item in page.items if item.item.code not in asked)
        asked |= {item.item.code for item in open_items}
        scope = Scope(route.answers, filling.facts, filling.today)
        known = {item.item.code: prefilled(item.item, scope) for item in open_items}
        answered |= {item: value for item, value in known.items() if value is not None}
        answered |= answers_of_page(RoutePage(page.page, page.section, open_items), respondent, generator)
        if not open_items or not any(item.relevant for item in page.page.items):
            break
        route = _route(filling, {**answers, **answered})
    return answered
