"""What was found in a form, in words."""

from collections import Counter

from django.utils.translation import gettext, ngettext

from survey.complaints import Weight
from survey.exchange.xlsform.reading import Reading


def summary(reading: Reading) -> str:
    """One sentence: whole or not, and how much was found of each weight."""
    if reading.questionnaire is None:
        return gettext("The form cannot be loaded. Mend what is named above, then try again.")
    items = len(reading.questionnaire.items)
    if reading.is_whole:
        return ngettext("The form loads whole: %(count)s item.", "The form loads whole: %(count)s items.", items) % {
            "count": items
        }
    counts = Counter(finding.weight for finding in reading.findings)
    found = {"items": items, "left_out": counts[Weight.LEFT_OUT], "mend": counts[Weight.MEND]}
    return (
        ngettext(
            "The form does not load whole: %(items)s item, %(left_out)s without a counterpart, %(mend)s to mend.",
            "The form does not load whole: %(items)s items, %(left_out)s without a counterpart, %(mend)s to mend.",
            items,
        )
        % found
    )
