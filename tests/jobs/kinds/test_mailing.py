"""Jobs of mailings count what the survey asks."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.asked_terms.speaking import speaking_of
from survey.jobs.asking import ask_for
from survey.jobs.kinds.mailing import SEND, mailing_of, portions
from survey.jobs.work import Work
from survey.models import Survey, Wave
from survey.services.operation.jobs import begin_job
from survey.terms import AskedUnit, Role
from tests.services.mailing.runs import prepared


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(("asks", "step"), [(AskedUnit.FIRM, "firms"), (AskedUnit.LOCAL_UNIT, "local units")])
def test_sending_counts_what_the_survey_asks(
    wave: Wave, office_user: Callable[[Role | str], User], asks: AskedUnit, step: str
) -> None:
    Survey.objects.update(asks=asks.value)
    asked = ask_for(SEND, key="1", subject="1", actor=office_user(Role.FIELD_OFFICER), mailing=prepared(wave).pk)
    job = begin_job(pk=asked.pk, attempt=1)
    assert job is not None
    with speaking_of(AskedUnit.FIRM):
        mailing_of(Work(job=job))
        portions(Work(job=job))(1, 24)
    job.refresh_from_db()
    assert (job.done, job.total, job.step) == (1, 24, step)
