"""The random follow-up sample of the silent firms is shown before it is drawn."""

from django.test import Client
from django.urls import reverse

from survey.models import Case, Wave


def test_follow_up_sample_is_shown_before_it_is_drawn(client: Client, called: Wave) -> None:
    address = reverse("follow_up_sample", args=[called.code])
    shown = client.get(address, {"part": "50"}).content.decode()
    assert "Would be drawn" in shown
    assert not Case.objects.exclude(follow_up_sample="").exists()
    drawing = client.post(address, {"part": "50"}, follow=True).content.decode()
    drawn = Case.objects.filter(follow_up_sample="drawn").count()
    assert (drawn > 1, f"{drawn} firms were drawn." in drawing) == (True, True)
    assert "Left to them" in client.get(address).content.decode()
