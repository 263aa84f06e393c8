"""The sampled firms of a wave with their outcomes, read from the database into columns; kept until one of them changes.

An answer that is changed changes no firm of the sample, so it does not make them be read again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.casework_terms import FollowUpPart
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.models import Case, District, Stratum, Wave
from survey.register_terms import identity_of
from survey.selectors.raw_columns import raw_columns
from survey.selectors.results.beside_batches import beside, lay_beside
from survey.selectors.results.frame import frame_totals, places_of
from survey.selectors.results.wave_log import WaveLog, written_out
from survey.terms import SizeClass

INDUSTRY, SIZE, DISTRICT = "industry", "size", "district"
CASE_COLUMNS = (
    "id",
    "sample_unit__stratum_id",
    "sample_unit__design_weight",
    "disposition",
    "sample_unit__unit__industry_section",
    "sample_unit__unit__size_class",
    "sample_unit__unit__district__code",
    "sample_unit__unit__credit_code",
    "sample_unit__unit__unit_key",
    "is_followed_up",
    "follow_up_sample",
    "is_set_aside",
    *(f"sample_unit__unit__{number.field}" for number in FRAME_NUMBERS.values()),
)


PHASES = {"": 0, FollowUpPart.DRAWN.value: 1, FollowUpPart.LEFT.value: 2}
"""The numbers by which weights know the parts of a follow-up sample."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SampledFirms:
    """Every sampled firm by the number of its case (m,), ascending, as `Collected` has them; ``set_aside`` are those
    whose answers do not count, ``credit_code`` tells the firm, ``unit_key`` which of its units, "" the firm."""

    case: Ints
    strata: tuple[str, ...]
    places: Places
    stratum: Ints
    design_weight: Floats
    disposition: NDArray[np.str_]
    domains: Mapping[str, Coded]
    numbers: Mapping[str, Floats]
    frame: FrameTotals | None
    followed_up: Bools | None
    second_phase: Ints | None
    set_aside: Bools
    credit_code: NDArray[np.str_]
    unit_key: NDArray[np.str_]

    @property
    def identity(self) -> NDArray[np.str_]:
        """(m,) what tells each of them in every wave."""
        if not self.unit_key.astype(bool).any():
            return self.credit_code
        pairs = zip(self.credit_code.tolist(), self.unit_key.tolist(), strict=True)
        return np.array([identity_of(code, key) for code, key in pairs], np.str_)

    def rows_of(self, cases: Ints) -> Ints:
        """The row of each of these cases, which are all there."""
        return np.searchsorted(self.case, cases)


def sample_of(wave: Wave, log: WaveLog) -> SampledFirms:
    """The sample of a wave by the log as it was read before; it lies beside the batches, being what they are joined
    to."""
    state = written_out(log.sample)
    found = beside("sample", wave.pk)
    if found is None or found[0] != state:
        found = state, _read(wave)
        lay_beside(found, "sample", wave.pk)
    sample: SampledFirms = found[1]
    return sample


def _read(wave: Wave) -> SampledFirms:
    columns = raw_columns(Case.objects.filter(wave=wave).order_by("id").values_list(*CASE_COLUMNS))
    strata = _in_order(list(Stratum.objects.filter(sample__wave=wave)))
    ids, stratum, weight, disposition, section, size, district, code, key, followed_up, part, set_aside, *numbers = (
        columns
    )
    number = {each.pk: position for position, each in enumerate(strata)}
    return SampledFirms(
        case=np.array(ids, np.int64),
        strata=tuple(str(each) for each in strata),
        places=places_of(strata),
        stratum=np.array([number[each] for each in stratum], np.intp),
        design_weight=np.array(weight, float),
        disposition=np.array(disposition, dtype=np.str_),
        domains={
            INDUSTRY: _coded(section, sorted(set(section))),
            SIZE: _coded(size, [each.value for each in SizeClass if each.value in set(size)]),
            DISTRICT: _coded(district, _districts_in_order(set(district))),
        },
        numbers={
            one.field: np.array(column, float) for one, column in zip(FRAME_NUMBERS.values(), numbers, strict=True)
        },
        frame=frame_totals(strata),
        # None where nobody was: weights then need no second phase, and no column of zeros is kept.
        followed_up=np.array(followed_up, bool) if any(followed_up) else None,
        second_phase=np.array([PHASES[each] for each in part], np.int8) if any(part) else None,
        set_aside=np.array(set_aside, bool),
        credit_code=np.array(code, dtype=np.str_),
        unit_key=np.array(key, dtype=np.str_),
    )


def _in_order(strata: list[Stratum]) -> list[Stratum]:
    """By industry section, then from large to micro."""
    sizes = [size.value for size in SizeClass]
    # Codes of size classes sort by letter, which is no order of size.
    return sorted(strata, key=lambda each: (each.industry_section, sizes.index(each.size_class)))


def _districts_in_order(codes: set[str]) -> list[str]:
    return list(District.objects.filter(code__in=codes).order_by("position", "code").values_list("code", flat=True))


def _coded(values: Sequence[str], labels: list[str]) -> Coded:
    number = {label: position for position, label in enumerate(labels)}
    return Coded(np.array([number[value] for value in values], np.int16), tuple(labels))
