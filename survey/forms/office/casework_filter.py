"""Narrowing a work list: by wave, district and text."""

from typing import Any

from django import forms
from django.db.models import Q

from survey.forms.office.cases import ANY_CHOICE
from survey.models import District
from survey.models.choices import said_when_shown as _
from survey.selectors.fieldwork.cases import FIRM, waves_with_cases
from survey.selectors.fieldwork.search import found_by
from survey.selectors.fieldwork.territory import Somebody, own_districts
from survey.terms import WaveStatus

OPEN = WaveStatus.OPEN.value


class WorkFilterForm(forms.Form):
    """The filters of a work list, over the open waves and the districts that are the user's; ``asked`` is whom the
    surveys ask whose cases may be on one."""

    wave = forms.ChoiceField(label=_("Wave"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    text = forms.CharField(label=_("Firm, code, contact, telephone or receipt"), required=False, max_length=100)

    def __init__(self, data: Any, *, user: Somebody) -> None:
        super().__init__(data)
        # Of closed waves too: what was written in one may wait for an answer yet.
        waves = list(waves_with_cases(user))
        self.asked = {wave.survey.asks for wave in waves}
        districts = District.objects.filter(own_districts(user, "pk"))
        self.fields["wave"].choices = [*ANY_CHOICE, *((wave.code, str(wave)) for wave in waves if wave.status == OPEN)]  # type: ignore[attr-defined]
        self.fields["district"].choices = [*ANY_CHOICE, *((each.code, str(each)) for each in districts)]  # type: ignore[attr-defined]

    def condition(self) -> Q:
        """The condition on cases; a field that is not valid does not restrict."""
        self.is_valid()
        given, condition = self.cleaned_data, Q()
        if given.get("wave"):
            condition &= Q(wave__code=given["wave"])
        if given.get("district"):
            condition &= Q(**{f"{FIRM}__district__code": given["district"]})
        return condition & found_by(given["text"]) if given.get("text") else condition
