"""The questionnaire that a page of its design is about, found, and the words that the page uses: its survey asks firms
or local units."""

from django.shortcuts import get_object_or_404

from survey.asked_terms.speaking import speak_of, speak_of_all
from survey.models import Questionnaire, Survey


def questionnaire_of_page(code: str) -> Questionnaire:
    """The questionnaire of this code, with its survey; 404 for others. The page speaks of what the survey asks from now
    on."""
    found = get_object_or_404(Questionnaire.objects.select_related("survey"), code=code)
    speak_of(found.survey.asks)
    return found


def use_words_of_survey(questionnaire: Questionnaire | None, survey: Survey | None) -> None:
    """Speak of what the survey of a questionnaire asks; without one, of what the survey asks that it is to belong to;
    of firms where nobody has said yet."""
    found = questionnaire.survey if questionnaire else survey
    speak_of_all([found.asks] if found else [])
