import pytest
from django.urls import reverse

from survey.models import Wave
from survey.terms import Role


@pytest.fixture(autouse=True)
def officer(client, office_user):
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"


@pytest.mark.parametrize(
    ("page", "before", "after"), [("wave_open", "planned", "open"), ("wave_close", "open", "closed")]
)
def test_wave_moves_when_the_page_is_posted(client, cases, page, before, after):
    Wave.objects.update(status=before)
    answer = client.post(reverse(page, args=["w1"]))
    assert (answer["Location"], Wave.objects.get().status) == (reverse("admin:survey_wave_changelist"), after)


@pytest.mark.parametrize(("page", "status"), [("wave_open", "planned"), ("wave_close", "open")])
def test_looking_at_the_page_changes_nothing(client, cases, page, status):
    Wave.objects.update(status=status)
    assert (client.get(reverse(page, args=["w1"])).status_code, Wave.objects.get().status) == (200, status)


def test_refusal_is_shown_on_the_page(client, wave, version):
    Wave.objects.update(status="planned")
    assert "Draw a sample first." in client.post(reverse("wave_open", args=["w1"])).content.decode()


def test_unknown_wave_is_not_found(client, db):
    assert client.get(reverse("wave_open", args=["w9"])).status_code == 404
