"""A firm that answered the wave before, and a questionnaire that shows it some of those answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from survey.models import Case, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import ResponseStatus
from tests.every_type import EVERY_TYPE, give_every_type
from tests.waves import version_of

THEN = {"employees": 30, "place": "home", "has_cloud": "no"}
CHANGED: dict[str, Any] = {
    "employees": {"beside_last": True, "largest_change": 2.0},
    "place": {"beside_last": True},
    "bill": {"magnitude": 1.0},
}


def beside_last(wave: Wave) -> None:
    """The questionnaire of every type, two of its items beside their last answers, its bill checked for its unit."""
    sections = tuple(
        replace(
            section,
            pages=tuple(
                replace(page, items=tuple(replace(item, **CHANGED.get(item.code, {})) for item in page.items))
                for page in section.pages
            ),
        )
        for section in EVERY_TYPE.sections
    )
    content = replace(EVERY_TYPE, sections=sections)
    version = version_of(wave)
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire, number=9, schema=content.to_dict(), digest=content.digest
    )
    wave.save()


def case_with_last_answers(wave: Wave, frame: Callable[..., SamplingFrame]) -> Case:
    """A case of the wave whose firm answered ``THEN`` in the wave before."""
    give_every_type(wave)
    beside_last(wave)
    earlier = Wave.objects.get(pk=wave.pk)
    earlier.pk, earlier.code, earlier.opens_at = None, "w0", wave.opens_at - timedelta(days=300)
    earlier.save()
    firms = frame()
    for each in (earlier, wave):
        draw_sample(wave=each, frame=firms, size=24, method="proportional", seed=5, actor=None)
    case = Case.objects.select_related("wave__survey").filter(wave=wave).order_by("pk")[0]
    before = Case.objects.get(wave=earlier, sample_unit__unit=case.sample_unit.unit)
    Response.objects.create(case=before, version=version_of(wave), answers=THEN, status=ResponseStatus.SUBMITTED.value)
    return case
