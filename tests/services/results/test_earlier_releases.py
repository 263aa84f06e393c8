"""A release of a version before 1.5 is recomputed as it was made."""

from collections.abc import Callable

import pytest

from survey.models import Release, SamplingFrame, Wave
from survey.release_terms import ReleaseState
from survey.services.results.earlier_releases import frozen_content
from survey.services.results.release_check import verify_release
from survey.services.results.releases import release_digest
from tests.answered import answered_wave

pytestmark = pytest.mark.usefixtures("unguarded", "english")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def test_release_of_an_earlier_version_is_recomputed_as_it_was_made(answered: Wave) -> None:
    content = frozen_content(answered)
    numbers = [value for row in content["tables"]["ranking"] for value in row.values() if isinstance(value, float)]
    assert numbers == [float(f"{value:.10g}") for value in numbers]
    assert numbers != [float(f"{value:.9g}") for value in numbers]
    said = {name: value for row in content["tables"]["ranking"] for name, value in row.items()}
    assert "decimals" not in said
    assert not [name for name, value in said.items() if value in (None, "", False)]
    old = Release.objects.create(
        wave=answered, number=1, digest=release_digest(content), content=content, state=ReleaseState.EARLIER.value
    )
    old = Release.objects.get(pk=old.pk)
    assert verify_release(old).holds
    old.content["tables"]["ranking"][0]["estimate"] = 0.5
    verified = verify_release(old)
    assert [line.partition(":")[0] for line in verified.differences] == ["tables/ranking/0/estimate"]
