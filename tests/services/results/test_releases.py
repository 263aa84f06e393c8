"""A release freezes the account of its weights, and one that was made before keeps its digest."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.models import Release, SamplingFrame, Wave
from survey.selectors.results.wave_results import wave_account
from survey.services.results.releases import frozen_content, make_release, release_digest
from tests.answered import answered_wave


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def without_account(content: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in content.items() if name != "account"}


def test_release_freezes_what_it_prints_about_weights(answered: Wave) -> None:
    account, frozen = wave_account(answered), make_release(wave=answered, actor=None).content["account"]
    assert frozen["response"]["plain"]["rr1"] == pytest.approx(account.plain.rr1)
    assert [one["share"]["label"] for one in frozen["eligibility"]] == [one.share.label for one in account.classes]
    assert (frozen["plan"]["merging"], frozen["plan"]["calibration"]) == ("size_first", "linear")
    assert sum(one["respondents"] for one in frozen["factors"]) == 60
    assert {row["variable"] for row in frozen["calibration"]["frame"]} <= {"industry", "size", "employees", "revenue"}


@pytest.mark.parametrize("part", ["plan", "response", "eligibility", "factors", "calibration", "likeness"])
def test_digest_changes_with_every_part_of_the_account(answered: Wave, part: str) -> None:
    content = frozen_content(answered)
    changed = {**content, "account": {**content["account"], part: "another"}}
    assert release_digest(content) == release_digest(frozen_content(answered)) != release_digest(changed)


def test_release_made_before_accounts_were_frozen_keeps_its_digest(answered: Wave) -> None:
    content = without_account(frozen_content(answered))
    digest = release_digest(content)
    made = Release.objects.create(wave=answered, number=1, digest=digest, content=content)
    new = Release.objects.get(pk=make_release(wave=answered, actor=None).pk)
    old = Release.objects.get(pk=made.pk)
    assert (old.digest, release_digest(old.content)) == (digest, digest)
    assert (new.number, without_account(new.content)) == (2, old.content)
    assert release_digest(new.content) == new.digest != digest
