"""What the rules of retention would erase, before they do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, RetentionRule, Wave
from survey.terms import Role


def test_shows_what_is_due(client: Client, cases: list[Case], office_user: Callable[[Role], User]) -> None:
    ended = timezone.now() - timedelta(days=9)
    Wave.objects.update(status="closed", opens_at=ended - timedelta(days=9), closes_at=ended)
    RetentionRule.objects.create(survey=cases[0].wave.survey, kind="contacts", days=5)
    client.force_login(office_user(Role.ADMINISTRATOR))
    client.cookies["django_language"] = "en"
    html = client.get(reverse("retention")).content.decode()
    assert "Contacts of firms" in html
    assert '<td class="number">40</td>' in html


@pytest.mark.parametrize(("kind", "of_a_survey", "is_right"), [
    ("contacts", True, True), ("contacts", False, False), ("logs", False, True), ("logs", True, False),
])  # fmt: skip
def test_rule_has_a_survey_where_its_kind_needs_one(wave: Wave, kind: str, of_a_survey: bool, is_right: bool) -> None:
    rule = RetentionRule(survey=wave.survey if of_a_survey else None, kind=kind, days=1)
    if is_right:
        rule.full_clean()
    else:
        with pytest.raises(ValidationError, match="survey"):
            rule.full_clean()
