from survey.models import Questionnaire, Response
from survey.selectors.minutes_spent import MinutesSpent, minutes_spent
from survey.terms import Channel
from tests.answered import answered_wave


def give_seconds(*seconds):
    for response, spent in zip(Response.objects.order_by("id"), seconds, strict=True):
        Response.objects.filter(pk=response.pk).update(seconds_spent=spent)


def test_minutes_are_the_median_and_what_nine_in_ten_stay_below(wave, frame):
    answered_wave(wave, frame, firms=40, sample=24, answers=5)
    give_seconds(300, 600, 660, 900, 1500)
    assert minutes_spent(Questionnaire.objects.get()) == MinutesSpent(5, 11.0, 21.0)


def test_keyed_and_unfinished_responses_do_not_count(wave, frame):
    answered_wave(wave, frame, firms=40, sample=24, answers=3)
    give_seconds(600, 60, 0)
    Response.objects.filter(seconds_spent=60).update(channel=Channel.PAPER.value)
    assert minutes_spent(Questionnaire.objects.get()) == MinutesSpent(1, 10.0, 10.0)


def test_nobody_has_spent_anything_yet(version):
    assert minutes_spent(version.questionnaire) is None
