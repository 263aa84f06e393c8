"""What the office of the demonstration does with many firms at once, on the small wave of the tests."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.management.demonstration.work_on_many import work_on_many
from survey.models import BulkAction, Case, CaseEntry, CaseWork, FirmContact
from survey.services.casework.letters import Letter, write_to_officer
from survey.services.register.from_frame import register_frame

pytestmark = pytest.mark.usefixtures("english")


def test_time_is_granted_silent_firms_are_shared_out_and_contacts_have_wishes(cases: list[Case]) -> None:
    officer = User.objects.create(username="officer", is_staff=True)
    register_frame(frame=cases[0].sample_unit.sample.frame, actor=officer)
    until = timezone.localdate() + timedelta(days=7)
    write_to_officer(case=cases[0], letter=Letter(key="k", text="Please.", asks_for_time=True, until=until))
    work_on_many(wave=cases[0].wave, officer=officer)
    assert CaseEntry.objects.get().granted_until == until == Case.objects.get(pk=cases[0].pk).extended_until
    assert set(BulkAction.objects.values_list("action", flat=True)) == {"extend", "mark", "assign"}
    assert CaseWork.objects.filter(owner=officer).count() > 0
    assert {"sms", "wechat", "letter"} <= set(FirmContact.objects.values_list("channel", flat=True))
