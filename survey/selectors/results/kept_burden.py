"""The burden of a wave, read once for all pages that show it until one of its returns changes."""

from functools import partial

from survey.models import Wave
from survey.selectors.fieldwork.burden import Burden, burden_of
from survey.selectors.results.kept import kept, revision_of


def kept_burden(wave: Wave) -> Burden:
    """`burden_of` the wave as it is at this moment."""
    return kept(revision_of(wave), ("burden", wave.pk), partial(burden_of, wave), is_light=True)
