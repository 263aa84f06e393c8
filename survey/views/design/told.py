"""The questionnaire that a page of its design is about, found and spoken of: its survey asks firms or local units."""

from django.shortcuts import get_object_or_404

from survey.asked_terms.speaking import speak_of
from survey.models import Questionnaire


def told_questionnaire(code: str) -> Questionnaire:
    """The questionnaire of this code, with its survey; 404 for others. The page tells of what the survey asks from now
    on."""
    found = get_object_or_404(Questionnaire.objects.select_related("survey"), code=code)
    speak_of(found.survey.asks)
    return found
