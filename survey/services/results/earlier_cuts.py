"""The earlier cuts of a wave, as the next one is held against them."""

from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.methods.clearing.content import ClearedCube, kept_from_dict
from survey.methods.clearing.differences import EarlierCut
from survey.methods.clearing.states import FirmStates
from survey.models import Cut, Wave
from survey.selectors.results.cleared import all_cleared_tables, groups_of_cut, with_version, words_of_cut
from survey.services.refusals import RefusedError
from survey.services.results.cut_source import unpacked


class CutRefusedError(RefusedError):
    """Why no cut can be made."""

    catalogue = Catalogue(
        entries={
            "too_few_responses": Entry(
                _("Fewer than two firms answered in “%(wave)s”."), _("Wait for more responses.")
            ),
            "source_erased": Entry(
                _(
                    "The answers behind cut %(number)s of “%(wave)s” were erased, so that nothing new can be held "
                    "against it."
                ),
                _("Publish from the cuts that there are."),
            ),
            "made_meanwhile": Entry(
                _("Another cut of “%(wave)s” was made at the same time."), _("Look at that one, or ask once more.")
            ),
        }
    )


def earlier_cuts(wave: Wave, *, before: int | None = None) -> list[EarlierCut]:
    """All cuts of the wave, or those before the one with this number, the oldest first. Raises `CutRefusedError` where
    the source of one was erased."""
    cuts = with_version(wave).select_related("source").order_by("number")
    return [_read(cut) for cut in (cuts if before is None else cuts.filter(number__lt=before))]


def _read(cut: Cut) -> EarlierCut:
    # Without it nobody can tell which firms have changed, and an unguarded difference would be published.
    if cut.source.erased_at is not None:
        raise CutRefusedError("source_erased", cut.pk, wave=cut.wave, number=cut.number)
    # Any language would do: only codes and numbers are compared.
    tables = all_cleared_tables(cut, words_of_cut(cut, "en"))
    beside = unpacked(bytes(cut.source.content)).beside
    groups = groups_of_cut(cut)
    cube = ClearedCube(
        tables=tables, n={domain: groups[domain].n for domain in tables}, kept=kept_from_dict(beside["kept"])
    )
    # Cuts of before kept nothing of firms that did not answer.
    sampled = FirmStates.from_dict(beside["sampled"]) if "sampled" in beside else None
    return EarlierCut(cube=cube, states=FirmStates.from_dict(beside["states"]), sampled=sampled)
