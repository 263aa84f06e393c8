"""What the questionnaire's pages show of one case: its response, its route and how far it has come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils import timezone

from survey.instrument.edits.officer_notes import NO_NOTES, OfficerNotes
from survey.instrument.edits.reason_codes import reasons_listed
from survey.instrument.edits.rules import EditReport, check_all, check_page
from survey.instrument.kinds.kind import LookUp
from survey.instrument.kinds.registry import KINDS
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.route import Route, route_of
from survey.instrument.schema import Option, Questionnaire, Text, combined
from survey.models import Case, District, Industry, Paradata, Response
from survey.models.translated import in_page_language
from survey.selectors.design.version import plan_of_version, questionnaire_of
from survey.selectors.fieldwork.collection_period import case_closes_at, case_is_collecting, is_still_to_open
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.selectors.respondent.firm_facts import fact_labels, facts_of
from survey.selectors.respondent.notice import Notice, notice_of
from survey.selectors.respondent.submissions import corrected_by, notes_about
from survey.terms import ItemType, ResponseStatus

SAVED = "saved"
"""The event of a page saved by its button."""


class Answering(Protocol):
    """What the forms ask of whoever fills in: a firm with its case, or a designer who tries a version."""

    @property
    def questionnaire(self) -> Questionnaire: ...
    @property
    def answers(self) -> Mapping[str, Any]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def today(self) -> date: ...
    @property
    def route(self) -> Route: ...
    @property
    def piping(self) -> Piping: ...
    @property
    def plan(self) -> AnalysisPlan: ...
    def is_shown(self, section: str) -> bool: ...
    @property
    def taken_over(self) -> Collection[str]: ...
    @property
    def notes(self) -> OfficerNotes: ...
    @property
    def listed_reasons(self) -> tuple[Option, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Filling:
    """One case as the person filling in meets it at ``now``."""

    case: Case
    response: Response | None
    questionnaire: Questionnaire
    now: datetime
    section: str = ""
    """The one section that a colleague may fill in; "" for who may fill in all of it."""

    @cached_property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Frame data and earlier answers of the firm."""
        return facts_of(self.case, self.questionnaire)

    @property
    def answers(self) -> Mapping[str, Any]:
        """The stored document; empty before the first save."""
        return self.response.answers if self.response else {}

    @property
    def reasons(self) -> Mapping[str, str]:
        return self.response.reasons if self.response else {}

    @cached_property
    def plan(self) -> AnalysisPlan:
        """The plan by which the answers are analysed."""
        version = self.response.version if self.response else self.case.wave.version
        return plan_of_version(version) if version else NO_PLAN

    @property
    def taken_over(self) -> Collection[str]:
        """Codes of the items that the firm took over from the wave before."""
        return self.response.taken_over if self.response else ()

    @property
    def revision(self) -> int:
        return self.response.revision if self.response else 0

    @cached_property
    def route(self) -> Route:
        # By content and not by the case: no save has to tell another worker that the route it remembers is no longer
        # right.
        key = (self.questionnaire.digest, repr(self.answers), repr(self.facts), self.today)
        return _route(_Asked(key=key, questionnaire=self.questionnaire, answers=self.answers, facts=self.facts))

    @cached_property
    def piping(self) -> Piping:
        """Puts earlier answers and frame data into texts."""
        labels = fact_labels(self.case.sample_unit.unit)
        return Piping(questionnaire=self.questionnaire, answers=self.route.answers, facts=self.facts, labels=labels)

    @cached_property
    def visited(self) -> frozenset[str]:
        """The pages that have been saved."""
        return frozenset(page for (page,) in _VISITED.all(case=self.case.pk))

    @cached_property
    def notice(self) -> Notice:
        return replace(notice_of(self.case.wave.survey, self.case.wave), closes_at=case_closes_at(self.case))

    @property
    def survey(self) -> str:
        return str(self.case.wave.survey)

    @property
    def firm(self) -> str:
        return self.case.sample_unit.unit.full_name

    @property
    def reference_period(self) -> str:
        return in_page_language(self.case.wave.reference_period)

    def is_shown(self, section: str) -> bool:
        """Whether the section is there for whoever fills in."""
        return self.section in ("", section)

    @property
    def is_collecting(self) -> bool:
        return case_is_collecting(self.case, self.now)

    @property
    def is_still_to_open(self) -> bool:
        return is_still_to_open(self.case.wave, self.now)

    @property
    def is_submitted(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.SUBMITTED

    @property
    def can_answer(self) -> bool:
        return self.is_collecting and not self.is_submitted

    @property
    def may_take_back(self) -> bool:
        """Whether the firm itself can correct what it submitted."""
        return self.is_submitted and self.is_collecting and self.case.wave.may_take_back

    @cached_property
    def taken_back(self) -> Response | None:
        """The submission that the firm took back and is correcting."""
        draft = self.response
        if draft is None or draft.status != ResponseStatus.DRAFT or draft.corrects_id is None:
            return None
        before = corrected_by(draft)
        return before if before.status == ResponseStatus.TAKEN_BACK else None

    @cached_property
    def notes(self) -> OfficerNotes:
        """What the office asks about a response that it returned."""
        draft = self.response
        if draft is None or draft.status != ResponseStatus.DRAFT or draft.corrects_id is None:
            return NO_NOTES
        return notes_about(draft)

    @property
    def listed_reasons(self) -> tuple[Option, ...]:
        """The reasons for unusual answers that the survey offers."""
        return reasons_listed(self.case.wave.survey.reasons)

    def check(self) -> EditReport:
        """Every edit of the response."""
        return check_all(self.questionnaire, self.answers, self.facts, self.reasons, self.today, self.route, self.notes)

    def check_page(self, page: str) -> EditReport:
        """The edits of a page."""
        return check_page(
            self.questionnaire, page, self.answers, self.facts, self.reasons, self.today, self.route, self.notes
        )

    @property
    def return_note(self) -> str:
        return self.response.return_note if self.response else ""

    def after(self, response: Response, now: datetime) -> "Filling":
        """The same case once ``response`` has been saved; what is known of the firm is not read again."""
        changed = replace(self, response=response, now=now)
        # Into the place where cached_property looks, since a frozen dataclass takes no assignment.
        changed.__dict__["facts"] = self.facts
        # Notes belong to one response; a draft that has just been opened for the firm may have others, and is asked for
        # its own.
        if self.response is not None and self.response.pk == response.pk:
            changed.__dict__["notes"] = self.notes
        return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """All that a route follows from; alike where ``key`` is."""

    key: tuple[str, str, str, date]
    questionnaire: Questionnaire = field(compare=False)
    answers: Mapping[str, Any] = field(compare=False)
    facts: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=512)
def _route(asked: _Asked) -> Route:
    """The route; a firm that saves what this worker has just shown needs the same once more."""
    return route_of(asked.questionnaire, asked.answers, asked.facts, asked.key[-1])


def cases_to_fill_in() -> QuerySet[Case]:
    """Cases with all that a page of the questionnaire shows of them, the content of the version aside."""
    return Case.objects.select_related(
        "wave__survey",
        "wave__version",
        "sample_unit__unit__district",
        "sample_unit__unit__industry",
        "sample_unit__unit__contact",
    ).defer("wave__version__schema", "wave__version__plan")


def _opened() -> QuerySet[Case]:
    # Generation and closing are asked with the key, so that a session ends at the next page, not when somebody logs it
    # out.
    opened = cases_to_fill_in().filter(pk=Parameter("case"), code_generation=Parameter("generation"), is_closed=False)
    return opened.order_by()[:1]


def _current() -> QuerySet[Response]:
    responses = Response.objects.select_related("version").defer("version__schema", "version__plan")
    return responses.filter(case=Parameter("case"), is_current=True).order_by()[:1]


def _visited() -> QuerySet[Paradata, tuple[str]]:
    saved = Paradata.objects.filter(case=Parameter("case"), event=SAVED)
    return saved.order_by().values_list("page").distinct()


_OPENED, _CURRENT, _VISITED = PreparedQuery(_opened), PreparedQuery(_current), PreparedQuery(_visited)


def case_with_generation(case_id: int, generation: int) -> Case | None:
    """The case that was opened with the code of this generation, unless it has been closed or its code revoked."""
    return _OPENED.first(case=case_id, generation=generation)


def current_response(case: Case) -> Response | None:
    """The one current response of the case, with its version but not the version's schema."""
    return _CURRENT.first(case=case.pk)


def filling_of(case: Case, now: datetime) -> Filling:
    """The case with its response; the questionnaire is the one that the response is pinned to, else the wave's."""
    response = current_response(case)
    version = response.version if response else case.wave.version
    return Filling(case=case, response=response, questionnaire=questionnaire_of(version) if version else EMPTY, now=now)


EMPTY = Questionnaire(code="empty", title=Text("问卷", "Questionnaire"))


def look_ups(types: frozenset[ItemType]) -> dict[ItemType, tuple[Option, ...]]:
    """The entries of the look-up lists that items of these types choose from."""
    wanted = {type_: listed for type_ in types if (listed := KINDS[type_].looks_up)}
    return {type_: _LOOK_UPS[listed]() for type_, listed in wanted.items()}


_DISTRICTS = PreparedQuery(lambda: District.objects.values_list("code", "name"))
_DIVISIONS = PreparedQuery(lambda: Industry.objects.filter(parent__isnull=False).values_list("code", "name"))


def _districts() -> tuple[Option, ...]:
    return tuple(Option(code=code, text=name) for code, name in _DISTRICTS.all())


def _industries() -> tuple[Option, ...]:
    return tuple(
        Option(code=code, text=combined(lambda wording, code=code, name=name: f"{code} {wording or name.zh}", name))
        for code, name in _DIVISIONS.all()
    )


_LOOK_UPS = {LookUp.DISTRICTS: _districts, LookUp.INDUSTRIES: _industries}
