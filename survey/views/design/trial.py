"""One trial of a version by a designer: kept in the session alone, so that it never meets a real answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from survey.instrument.edits.officer_notes import NO_NOTES, OfficerNotes
from survey.instrument.edits.reason_codes import DEFAULT_REASONS
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.route import Route, route_of
from survey.instrument.schema import Option, Questionnaire
from survey.models import QuestionnaireVersion
from survey.selectors.design.version import plan_of_version, questionnaire_of
from survey.selectors.respondent.firm_facts import labels_of_codes

# Of the office's session and apart from that of firms: a trial can never be taken for a firm's filling.
SESSION_KEY = "questionnaire_tests"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What has been tried so far; it is asked like a firm's filling, but knows no case and no response."""

    questionnaire: Questionnaire
    today: date
    facts: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    visited: tuple[str, ...] = ()
    plan: AnalysisPlan = NO_PLAN
    # Nobody has answered before.
    taken_over: tuple[str, ...] = ()

    def is_shown(self, section: str) -> bool:
        """A designer sees every section."""
        return True

    @property
    def notes(self) -> OfficerNotes:
        """Nobody returns a trial."""
        return NO_NOTES

    @property
    def listed_reasons(self) -> tuple[Option, ...]:
        return DEFAULT_REASONS

    @cached_property
    def route(self) -> Route:
        return route_of(self.questionnaire, self.answers, self.facts, self.today)

    @cached_property
    def piping(self) -> Piping:
        return Piping(
            questionnaire=self.questionnaire,
            answers=self.route.answers,
            facts=self.facts,
            labels=labels_of_codes(self.facts),
        )


def new_trial(version: QuestionnaireVersion) -> Trial:
    """A trial in which nothing is known yet."""
    return Trial(
        questionnaire=questionnaire_of(version), today=timezone.localdate(), facts={}, plan=plan_of_version(version)
    )


def trial_of(request: HttpRequest, version: QuestionnaireVersion) -> Trial | None:
    """The trial of a version in this session; None before a firm is given."""
    # By the key of the version: the same designer may try two of them side by side.
    held = request.session.get(SESSION_KEY, {}).get(str(version.pk))
    if held is None:
        return None
    return Trial(
        questionnaire=questionnaire_of(version),
        today=timezone.localdate(),
        facts=held["facts"],
        plan=plan_of_version(version),
        answers=held["answers"],
        reasons=held["reasons"],
        visited=tuple(held["visited"]),
    )


def keep_trial(request: HttpRequest, version: QuestionnaireVersion, trial: Trial) -> None:
    """Put the trial into the session."""
    kept = {
        "facts": dict(trial.facts),
        "answers": dict(trial.answers),
        "reasons": dict(trial.reasons),
        "visited": list(dict.fromkeys(trial.visited)),
    }
    # A new dictionary: the session notices an assignment, not a change inside of what it holds. Keys are texts
    # because it is JSON.
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), str(version.pk): kept}


def end_trial(request: HttpRequest, version: QuestionnaireVersion) -> None:
    """Forget the trial."""
    trials = dict(request.session.get(SESSION_KEY, {}))
    trials.pop(str(version.pk), None)
    request.session[SESSION_KEY] = trials
