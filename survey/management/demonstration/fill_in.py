"""A fictitious firm fills in the questionnaire page by page, through the services of real firms."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.random import Generator

from survey.instrument.edits.rules import EditReport, check_page
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.routing.route import Route, RoutePage, prefilled, route_of
from survey.management.demonstration.answers import Respondent, answers_of_page
from survey.models import Case, FrameUnit, Paradata, Response
from survey.selectors.respondent.session import SAVED, Filling, filling_of
from survey.services.answers.responses import mark_in_progress, submit_response
from survey.terms import SizeClass

REASON = "已向生产和财务部门核对,今年新建了一条产线,数字属实。"
# Drawn answers may break a hard rule; so many draws in vain mean that rule and recipe contradict each other.
TRIES = 30


@transaction.atomic
def fill_in(*, case: Case, generator: Generator, pages_at_most: int | None = None) -> Response | None:
    """Answer every page of the route and submit; with ``pages_at_most`` stop there and leave a draft.

    The document grows page by page as a firm's does, and each page leaves its event; both are written once at the end,
    because a demonstration of hundreds of firms would otherwise take minutes of saving.
    """
    filling = filling_of(case, timezone.now())
    pages = answered_pages(filling, respondent_of(case.sample_unit.unit), generator)
    answers: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    saved: list[str] = []
    seconds = 0
    for page, answered, said in islice(pages, pages_at_most):
        answers, reasons = answers | answered, reasons | said
        saved.append(page.page.code)
        seconds += int(generator.integers(12, 45))
    _store(case, answers, reasons, seconds, saved)
    return submit_response(case=case, submission_key=_key(case)) if pages_at_most is None else None


def _store(case: Case, answers: dict[str, Any], reasons: dict[str, str], seconds: int, saved: list[str]) -> None:
    """The draft of a firm that has saved these pages, one after the other."""
    assert case.wave.version is not None, "a wave that collects has a version"
    Response.objects.create(
        case=case,
        version=case.wave.version,
        answers=answers,
        reasons=reasons,
        revision=len(saved),
        language="zh-hans",
        seconds_spent=seconds,
    )
    Paradata.objects.bulk_create(Paradata(case=case, event=SAVED, page=page) for page in saved)
    mark_in_progress(case)


@transaction.atomic
def hand_in(*, case: Case, generator: Generator, shifts: Mapping[str, float], at: datetime) -> Response:
    """Submit all answers at once, as of ``at``; ``shifts`` are what a year changes in the severity of pain points."""
    filling = filling_of(case, at)
    answers: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for _page, answered, said in answered_pages(filling, respondent_of(case.sample_unit.unit, shifts), generator):
        answers, reasons = answers | answered, reasons | said
    _store(case, answers, reasons, int(generator.integers(400, 1100)), [])
    return submit_response(case=case, submission_key=_key(case), clock=lambda: at)


def _key(case: Case) -> str:
    return f"demonstration-{case.pk}"


def respondent_of(unit: FrameUnit, shifts: Mapping[str, float] | None = None) -> Respondent:
    """The firm as one that answers: its temper is its own, the same in every wave."""
    # Seeded by the firm and not by the order of filling in: it complains alike in both waves, as real ones do.
    own = np.random.default_rng(int.from_bytes(unit.credit_code.encode()))
    temper = float(own.normal(0, 0.5))
    return Respondent(
        industry_section=unit.industry_section,
        size_class=SizeClass(unit.size_class),
        temper=temper,
        shifts=shifts or {},
    )


def answered_pages(
    filling: Filling, respondent: Respondent, generator: Generator
) -> Iterator[tuple[RoutePage, dict[str, Any], dict[str, str]]]:
    """Each page of the route with its answers and the reasons that they need."""
    answers: dict[str, Any] = {}
    route = filling.route
    page: RoutePage | None = route.pages[0]
    while page is not None:
        answered, report, route = _page_answers(filling, route, page.page.code, answers, respondent, generator)
        yield page, answered, {failure.rule: REASON for failure in report.verify}
        # After the yield: whoever stops in the middle of the route has not answered the next page.
        answers |= answered
        page = route.page_after(page.page.code)


def _route(filling: Filling, answers: Mapping[str, Any]) -> Route:
    return route_of(filling.questionnaire, answers, filling.facts, filling.today)


def _page_answers(
    filling: Filling,
    route: Route,
    code: str,
    answers: Mapping[str, Any],
    respondent: Respondent,
    generator: Generator,
) -> tuple[dict[str, Any], EditReport, Route]:
    """Answers of one page that no hard rule refuses, with the report on them and the route that they lead to.

    Raises RuntimeError if none is found.
    """
    for _ in range(TRIES):
        answered = _drawn_answers(filling, route, code, answers, respondent, generator)
        together = {**answers, **answered}
        onward = _route(filling, together)
        report = check_page(filling.questionnaire, code, together, filling.facts, {}, filling.today, onward)
        if not report.hard:
            return answered, report, onward
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
        scope = Scope(answers=route.answers, facts=filling.facts, today=filling.today)
        known = {item.item.code: prefilled(item.item, scope) for item in open_items}
        answered |= {item: value for item, value in known.items() if value is not None}
        answered |= answers_of_page(
            RoutePage(page=page.page, section=page.section, items=open_items), respondent, generator
        )
        if not open_items or not any(item.relevant for item in page.page.items):
            break
        route = _route(filling, {**answers, **answered})
    return answered
