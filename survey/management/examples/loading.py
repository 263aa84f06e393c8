"""An example put into the database by the services of real users, from the survey to the closed waves."""

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from survey.instrument.schema import Text
from survey.management.demonstration.firms import demonstration_firms
from survey.management.demonstration.story import cases_of
from survey.management.examples.answers import answers_of_firm
from survey.management.examples.content import Example, WaveRecipe
from survey.models import Case, Questionnaire, QuestionnaireVersion, Response, SamplingFrame, Survey, Wave
from survey.services.answers.responses import submit_response
from survey.services.design.plan import change_plan
from survey.services.design.publishing import publish_questionnaire
from survey.services.design.questionnaire_loading import load_questionnaire
from survey.services.fieldwork.cases import set_disposition
from survey.services.fieldwork.sampling import draw_sample
from survey.services.fieldwork.waves import close_wave, open_wave
from survey.services.frame.importing import import_frame
from survey.services.register.from_frame import register_frame
from survey.terms import AllocationMethod, CaseStatus, Disposition

Say = Callable[[str], None]
LONG_OPEN = timedelta(days=365)
"""A wave of the past can only be opened while it seems to go on; its real end is entered before it is closed."""


@transaction.atomic
def load_content(example: Example) -> Questionnaire:
    """The survey, its questionnaire and its plan as drafts."""
    call_command("loaddata", str(example.survey_file), verbosity=0)
    survey = Survey.objects.get(code=example.survey_code)
    stored = load_questionnaire(content=example.questionnaire, survey=survey, replace=False, actor=None)
    change_plan(questionnaire=stored, plan=example.plan, revision=0, actor=None)
    return stored


@transaction.atomic
def load_waves(example: Example, questionnaire: Questionnaire, officer: User, say: Say) -> list[Wave]:
    """Its waves with their answers, all closed: the newest last."""
    version = publish_questionnaire(questionnaire=questionnaire, actor=officer)
    frame = load_firms(example, officer)
    say(f"Imported {frame.unit_count} fictitious firms.")
    return [_collected(recipe, version, frame, officer, say) for recipe in example.waves]


def load_firms(example: Example, officer: User) -> SamplingFrame:
    """The list of firms as a frame of its own."""
    listed = example.firm_list
    generator = np.random.default_rng(listed.seed)
    frame = import_frame(
        rows=demonstration_firms(generator, listed.firms, trades=listed.trades, first_serial=listed.first_serial),
        title=f"{listed.title.zh} {listed.title.en}",
        actor=officer,
        source_name=f"{example.name}.xlsx",
        is_demonstration=True,
    )
    register_frame(frame=frame, actor=officer)
    return frame


def _collected(
    recipe: WaveRecipe, version: QuestionnaireVersion, frame: SamplingFrame, officer: User, say: Say
) -> Wave:
    wave = _planned(recipe, version)
    draw_sample(
        wave=wave,
        frame=frame,
        size=recipe.sample,
        method=AllocationMethod.PROPORTIONAL,
        seed=recipe.seed,
        actor=officer,
    )
    wave = open_wave(wave=wave, actor=officer)
    Wave.objects.filter(pk=wave.pk).update(closes_at=wave.opens_at + timedelta(days=recipe.days))
    answered = _answered(wave, recipe)
    missed = wave.cases.exclude(status=CaseStatus.SUBMITTED.value)
    set_disposition(cases=missed, disposition=Disposition.NON_CONTACT, actor=officer)
    say(f"{wave.code}: {answered} of {recipe.sample} firms have answered.")
    return close_wave(wave=wave, actor=officer)


def _planned(recipe: WaveRecipe, version: QuestionnaireVersion) -> Wave:
    month = month_before(timezone.localtime(), recipe.months_ago)
    return Wave.objects.create(
        survey=version.questionnaire.survey,
        code=recipe.code.format(month=month),
        title=_of_month(recipe.title, month),
        reference_period=_of_month(recipe.reference_period, month),
        version=version,
        opens_at=month,
        closes_at=timezone.now() + LONG_OPEN,
    )


def _of_month(text: Text, month: datetime) -> Text:
    return Text.from_dict({language: wording.format(month=month) for language, wording in text.to_dict().items()})


def month_before(day: datetime, count: int) -> datetime:
    """The beginning of the month ``count`` months before that of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return day.replace(year=year, month=month + 1, day=1, hour=0, minute=0, second=0, microsecond=0)


def _answered(wave: Wave, recipe: WaveRecipe) -> int:
    """Firms answer on the days of the collection; how many did. Which ones do is drawn for each anew."""
    # With the month, or the same firms would be silent in every wave.
    generator = np.random.default_rng(recipe.seed + recipe.months_ago)
    count = 0
    for case in cases_of(wave):
        answers, at = generator.random() < recipe.answering, float(generator.random())
        if answers:
            _hand_in(case, recipe, wave.opens_at + at * timedelta(days=recipe.days))
            count += 1
    return count


def _hand_in(case: Case, recipe: WaveRecipe, at: datetime) -> Response:
    """All answers submitted at once, as of ``at``, by the rules of the questionnaire."""
    assert case.wave.version is not None, "a wave that collects has a version"
    firm = case.sample_unit.unit.credit_code
    answers = answers_of_firm(firm, recipe.seed + recipe.months_ago, recipe.answers)
    Response.objects.create(case=case, version=case.wave.version, answers=answers, language="zh-hans")
    return submit_response(case=case, submission_key=f"example-{case.pk}", clock=lambda: at)
