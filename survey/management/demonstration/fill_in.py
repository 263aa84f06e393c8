"""A fictitious firm fills in the questionnaire page by page, through the services of real firms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What a firm fills in on the pages ``saved``; ``is_whole`` where these are all, so that it submits."""

    answers: dict[str, Any]
    reasons: dict[str, str]
    saved: list[str]
    seconds: int
    is_whole: bool


def filled_by(*, case: Case, generator: Generator, pages_at_most: int | None = None) -> FilledIn:
    """The answers to every page of the route; with ``pages_at_most`` of so many pages. Nothing is stored."""
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
    return FilledIn(answers=answers, reasons=reasons, saved=saved, seconds=seconds, is_whole=pages_at_most is None)


@transaction.atomic
def store_filled_in(*, case: Case, filled: FilledIn, at: datetime | None = None) -> Response | None:
    """Store what a firm filled in, and submit it where it is whole; ``at``: as of an earlier moment than now.

    The document grows page by page as a firm's does, and each page leaves its event; both are written once at the end,
    because a demonstration of hundreds of firms would otherwise take minutes of saving.
    """
    began = timezone.now()
    _store(case, filled)
    made = submit_response(case=case, submission_key=_key(case), clock=lambda: at or began) if filled.is_whole else None
    if at is not None:
        # By update: whatever saves a row stamps it with the present, as it must.
        Response.objects.filter(case=case).update(saved_at=at)
        Paradata.objects.filter(case=case).update(at=at)
        Case.history.filter(id=case.pk, history_date__gte=began).update(history_date=at)
    return made


def fill_in(*, case: Case, generator: Generator, at: datetime | None = None) -> Response | None:
    """Answer every page of the route and submit."""
    return store_filled_in(case=case, filled=filled_by(case=case, generator=generator), at=at)


def _store(case: Case, filled: FilledIn) -> None:
    """The draft of a firm that has saved these pages, one after the other."""
    assert case.wave.version is not None, "a wave that collects has a version"
    Response.objects.create(
        case=case,
        version=case.wave.version,
        answers=filled.answers,
        reasons=filled.reasons,
        revision=len(filled.saved),
        language="zh-hans",
        seconds_spent=filled.seconds,
    )
    Paradata.objects.bulk_create(Paradata(case=case, event=SAVED, page=page) for page in filled.saved)
    mark_in_progress(case)


def hand_in(*, case: Case, generator: Generator, shifts: Mapping[str, float], at: datetime) -> None:
    """Submit all answers at once, as of ``at``; ``shifts`` are what a year changes in the severity of pain points."""
    filling = filling_of(case, at)
    answers: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for _page, answered, said in answered_pages(filling, respondent_of(case.sample_unit.unit, shifts), generator):
        answers, reasons = answers | answered, reasons | said
    seconds = int(generator.integers(400, 1100))
    store_filled_in(
        case=case, filled=FilledIn(answers=answers, reasons=reasons, saved=[], seconds=seconds, is_whole=True), at=at
    )


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
