"""The world that the tests of this folder ask their way through."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from survey.models import Case, Questionnaire
from survey.terms import Role
from tests.access.world import World, make_world


@pytest.fixture
def world(
    case: Case, small: Questionnaire, office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path
) -> World:
    settings.MEDIA_ROOT = tmp_path
    cases = Case.objects.filter(wave=case.wave).select_related("wave__survey", "wave__version", "sample_unit__unit")
    return make_world(list(cases.order_by("sample_unit__unit__name")), small, office_user(Role.ANALYST))
