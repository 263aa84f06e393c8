"""Labels of choices are made when they are shown."""

from django.utils import translation

from survey.asked_terms.speaking import speaking_of
from survey.casework_terms import EntryKind
from survey.models.choices import choices
from survey.terms import AskedUnit


def test_label_is_about_what_is_told_of_when_it_is_shown() -> None:
    [(_value, label)] = choices([EntryKind.MESSAGE])
    with translation.override("en"):
        of_firms = str(label)
        with speaking_of(AskedUnit.LOCAL_UNIT):
            assert (of_firms, str(label)) == ("Message from the firm", "Message from the local unit")


def test_firms_and_local_units_have_their_names_on_pages_of_either() -> None:
    with translation.override("en"), speaking_of(AskedUnit.LOCAL_UNIT):
        assert [str(label) for _value, label in choices(AskedUnit)] == ["Firms", "Local units"]
