"""Who looks at figures in the tests of this room, and waves that have some."""

from collections.abc import Callable

import pytest
from django.test import Client

from survey.models import SamplingFrame, Wave
from survey.services.results.cuts import make_cut
from survey.terms import Role
from tests.answered import answered_wave


@pytest.fixture
def viewer(as_role: Callable[[Role], Client]) -> Client:
    """The browser of somebody who may see cleared figures and nothing else."""
    return as_role(Role.VIEWER)


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """Sixty of eighty firms have answered."""
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


@pytest.fixture
def cut_wave(answered: Wave) -> Wave:
    """The same, and a cut was made."""
    make_cut(wave=answered, actor=None)
    return answered
