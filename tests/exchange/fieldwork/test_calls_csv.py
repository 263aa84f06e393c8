"""The list of calls as a file for whoever may not see contacts."""

import csv
from collections.abc import Callable
from io import StringIO

from django.contrib.auth.models import User

from survey.exchange.fieldwork.calls_csv import HEADS, calls_csv
from survey.models import SamplingFrame, Wave
from survey.selectors.fieldwork.call_lists import listed_calls
from survey.services.casework.calling import make_call_list
from tests.calling import called_wave


def test_file_without_contacts_names_nobody(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    officer = User.objects.create(username="officer")
    called_wave(wave, frame, officer)
    made = make_call_list(wave=Wave.objects.get(pk=wave.pk), actor=officer)
    content = calls_csv(made, listed_calls(made, officer), str.upper, with_contact=False)
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADS
    assert {(row["contact"], row["telephone"]) for row in rows} == {("", "")}
    assert all(row["why"] == row["why"].upper() and row["firm"].startswith("企业") for row in rows)
