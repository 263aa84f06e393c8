"""The rule of protection of a plan, and the groups that cleared figures are shown by two at once."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language

from survey.instrument.plan.crossings import possible_crossings
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import MOST_DOMINANT, Threshold
from survey.models.choices import said_when_shown as _


class ProtectionForm(forms.Form):
    """The rule and the crossings of groups; ``lint`` says where they protect nobody."""

    # Below 3 a firm could subtract itself and read the other one.
    firms = forms.IntegerField(
        label=capfirst(_("least firms under a figure")),
        min_value=3,
        help_text=_("A figure of fewer firms is withheld; 10 is usual, fewer than 3 protect nobody."),
    )
    dominant = forms.IntegerField(label=capfirst(_("dominant firms")), min_value=1, max_value=MOST_DOMINANT)
    dominance = forms.FloatField(
        label=capfirst(_("their largest share of a total")), min_value=0.01, max_value=1,
        help_text=_(
            "The (n, k) rule: with 2 and 0.85, a total of which two firms make more than 85 per cent is withheld."
        ),
    )  # fmt: skip
    p = forms.FloatField(
        label=capfirst(_("least error of an estimate of another firm")), min_value=0.01, max_value=1,
        help_text=_("The p % rule: with 0.1, no firm may know another one's amount within 10 %."),
    )  # fmt: skip
    crossings = forms.MultipleChoiceField(
        label=capfirst(_("groups two at once")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Cleared figures are shown by each group of the frame, and by two together where it is ticked here. Each "
            "pair makes more figures withheld, so tick what is needed; coarse groups cost least. Without a tick the "
            "coarsest industries by sizes are chosen."
        ),
    )

    def __init__(self, data: Any = None, *, known: Known) -> None:
        rule = known.plan.threshold
        shown = {name: getattr(rule, name) for name in ("firms", "dominant", "dominance", "p")}
        # The plan's own first, as they stand there: what is saved untouched is the same plan.
        own = {frozenset(pair): pair for pair in known.plan.crossings}
        possible = {frozenset(pair): pair for pair in possible_crossings(known.whole.groups)}
        pairs = {key: own.get(key, possible[key]) for key in (*own, *possible) if key in possible}
        self._pairs = {"+".join(pair): pair for pair in pairs.values()}
        ticked = [code for code, pair in self._pairs.items() if pair in known.plan.crossings]
        super().__init__(data, initial={**shown, "crossings": ticked})
        field = self.fields["crossings"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, crossing_words(known, pair)) for code, pair in self._pairs.items()]

    def value(self) -> dict[str, Any]:
        """The rule and the crossings as fields of a plan; call it on a valid form."""
        rule = {name: self.cleaned_data[name] for name in ("firms", "dominant", "dominance", "p")}
        ticked = set(self.cleaned_data["crossings"])
        chosen = tuple(pair for code, pair in self._pairs.items() if code in ticked)
        return {"threshold": Threshold(**rule), "crossings": chosen}


def crossing_words(known: Known, pair: tuple[str, str]) -> str:
    """The names of two groups as a reader of the page says them: "Sector × Size"."""
    return " × ".join(_names(known, pair))


def _names(known: Known, pair: tuple[str, str]) -> Iterator[str]:
    for code in pair:
        group = known.groups.get(code)
        yield (group.text.of(get_language() or "zh") if group else "") or code
